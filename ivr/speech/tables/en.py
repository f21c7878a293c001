"""How English says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

EN = Table(
    yes=(
        "no problem|no problems|no problem at all|no problem with that|have no problem with that|thats no problem|"
        "not a problem|no worries|no issue|no issues|no mistake|no mistakes|no error|no errors|no objection|"
        "no objections|no complaints|no doubt|no doubt about it|without a doubt|no question|why not|by all means|"
        "go ahead|go right ahead|go for it|please do|dont mind|do not mind|wouldnt mind|would not mind|i dont mind|"
        "dont mind at all|you got it|you bet|not wrong|nothing wrong|nothing is wrong|cant complain|dont see a problem|"
        "dont see why not|do not see why not|see no problem|couldnt agree more|could not agree more|couldnt be better|"
        "could not be better|could not be more right|uh huh|mm hmm|mhm|mm|uhhuh|mmhmm|okey dokey|okey doke|"
        "nothing to complain about|couldnt be happier|why wouldnt it|why wouldnt it be|why wouldnt i|why would i not|"
        "no objection to that|cant see why not|can not see why not|cannot see why not|no reason why not|"
        "see no reason why not|no reason not to|wouldnt say no|would not say no|wont say no|isnt a problem|"
        "is not a problem|wont be a problem|will not be a problem|wouldnt be a problem|would not be a problem|"
        "shouldnt be a problem|no problem with|dont have a problem with that|have no problem|without question|"
        "without doubt|without any doubt|beyond doubt|no harm in that|wouldnt be bad|go on|go on then|"
        "couldnt be righter|no worries at all|no complaints here|nothing to add|no kidding|no sweat|no biggie|"
        "no bother|no brainer|cant wait|cant argue with that|cant fault it|never better|never been better|not half|"
        "none other|nothing i would like more|nothing id like more|"
        "no i dont mind|no thats right|no its right|no its fine|no you got it right|no its correct|no thats correct|"
        "no thats fine by me|fair enough|very much so|if you must|suits me|that will do|thatll do|thatd be it|"
        "you have my permission|any time|anytime|"
        "no ive no objection|no i have no objection|no objection from me"
    ),
    agrees=(
        "yes|yeah|yep|yup|yea|yeap|yah|ya|yas|aye|yessir|affirmative|correct|correctly|exactly|absolutely|definitely|"
        "certainly|indeed|precisely|totally|agree|agreed|agreement|accept|consent|of course|thats right|that is right|"
        "thats correct|is correct|was correct|its right|it is right|is right|was right|are right|youre right|is true|"
        "thats true|its true|seems right|seems true|appears true|sounds good|sounds great|sounds right|sounds fine|"
        "sounds about right|looks right|looks good|that works|works for me|that would be great|thatd be great|"
        "that would be lovely|thatd be lovely|that would be nice|thatd be nice|that would be helpful|would be good|"
        "id like that|i would like that|id love that|id love to|i would love to|one hundred percent|hundred percent|"
        "100|i think so|i guess so|i suppose so|i believe so|i would say so|id say so|solved|resolved|fixed|confirm|"
        "confirmed|accurate|spot on|sorted|all sorted|it worked|that worked|it helped|that helped|helped|"
        "you can record|you may record|you can call|you may call|do it|do that|do so|thats the one|thats my number|"
        "thats me|you understood|understood right|answers my question|answered my question|answered it|approve|"
        "approved|yes please|exact|a fact|the truth|i said yes|what i want|what i said|thats what i want|"
        "thats what i said|y|ye|yess|yepp|yeh|yuh|that is it|how it is|appreciate it|appreciate that|do nicely|"
        "im fine with|i am fine with|im good with|im okay with|im ok with|im happy with|feel free|be my guest|"
        "youre welcome to|you are welcome to|bang on|righto|righty ho|you betcha|obviously|naturally|roger|ten four|"
        "got it in one|got it right|got that right|have it right|ring me back|phone me back|like a call back|"
        "need a call back|want a call back|reckon so|should think so|would think so|expect so|imagine so|seems so|"
        "seems like it|looks like it|sounds like it|sounds like a plan|good idea|great idea|thats what i told you|"
        "that is what i told you|what i told you|satisfied|im satisfied|thats all correct|thats all fine|"
        "thats all good|that is all correct|thats my phone number|thats my mobile number|thats my mobile|thats mine|"
        "should be right|should be fine|should be correct|should be okay|should be ok|one more question|"
        "another question|also wanted to ask|wanted to ask|keep going|carry on|count me in|darn right|damn right|"
        "too right|dead right|think so|believe so|guess so|suppose so|there is something else|theres something else|"
        "there is something more|what i meant|what i mean"
    ),
    lightly=(
        "ok|okay|right|fine|alright|all right|all good|good|great|perfect|perfectly|true|thats fine|that is fine|"
        "its fine|excellent|wonderful|fantastic|awesome|amazing|nice|lovely|brilliant|works|happy|cool|well done|"
        "nailed it|agreeable|acceptable|record me|call me|call me back|one more thing|ring me|phone me|give me a call|"
        "give me a ring|give me a bell|a call back|a callback|super|splendid|smashing|terrific|grand|ideal|marvellous|"
        "thats all right|that is all right|we are|give me a ring back|give me a call back|do keep it"
    ),
    ends=(
        "i do|i would|i am|i have|i did|i can|i will|you can|you may|it is|it did|it does|it was|it has|there is|we do|"
        "they do|she does|he does|if you would|if you could|if you please|if you dont mind|if you do not mind|"
        "if you wouldnt mind|if its no trouble|if its no bother|if its not too much trouble|"
        "if it isnt too much trouble|if thats not too much trouble|if youd be so kind|thats him|thats her|its me|"
        "it is me|this is me|this is he|this is she|this is him|this is her|youre speaking to her|"
        "youre speaking to him|you are speaking to her|thats it|im in|i am in|"
        "certainly would|certainly do|certainly can|certainly will|certainly am|certainly have|certainly did|"
        "certainly has|certainly does|certainly is|certainly was|definitely would|definitely do|definitely can|"
        "definitely will|definitely am|definitely have|definitely did|definitely has|definitely does|definitely is|"
        "definitely was|absolutely would|absolutely do|absolutely can|absolutely will|absolutely am|absolutely have|"
        "absolutely did|absolutely has|absolutely does|absolutely is|absolutely was"
    ),
    alone="please|speaking",
    no=(
        "no|nope|nah|naw|nay|noo|nooo|no way|no thanks|no thank you|no chance|no sir|no maam|never mind|nevermind|"
        "negative|disagree|refuse|absolutely not|definitely not|certainly not|of course not|surely not|sure isnt|"
        "sure is not|dont think so|do not think so|dont believe so|do not believe so|think not|guess not|suppose not|"
        "hope not|rather not|rather you didnt|rather you dont|rather you did not|prefer not|prefer not to|"
        "unfortunately not|sadly not|afraid not|far from it|hardly|hell no|heck no|under no circumstances|"
        "on no account|not even close|wont be necessary|cant be right|cannot be right|couldnt be more wrong|"
        "could not be more wrong|anything but|decline|deny|object|oppose|no more|have a problem|got a problem|"
        "theres a problem|there is a problem|still a problem|good enough for today|thats all|that is all|"
        "thats everything|that is everything|im good|i am good|im fine|i am fine|im all set|all set|im done|i am done|"
        "nothing else|nothing more|not interested|not what|isnt what|wasnt what|ill pass|nada|i said no|n|na|nopes|"
        "i say no|must say no|gotta say no|have to say no|start over|try again|redo|redo it|let me change|different|"
        "another number|as if|yeah right|must be joking|must be kidding|you wish|over my dead body|had enough|"
        "used to be|the opposite|erroneous|the correct one is|the right one is|correct number is|that will be all|"
        "thatll be all|that would be all|were done|we are done|id say no|i would say no|same problem|still broken|"
        "still happening|problem has not|like hell|is it hell|fat chance|in your dreams|got to be kidding|old number|"
        "out of date|im sorted|i am sorted|thats the lot|that is the lot|out of the question|everything i need|mm mm|"
        "uh uh|nuh uh|recording off|thats enough|that is enough|denied|unhappy|im all right|i am all right|im alright|"
        "im okay|im ok|were good|we are good|were all good|were fine|were all set|start again|begin again|"
        "changed my mind|left one out|missed one|missed one off|one too many|one short|too many digits|too few digits|"
        "problem is still there|still there|still not|do it again|do that again|better not|nothing further|"
        "take it back|i take that back|youre all right|youre alright|youre okay|youre ok|youre fine|youre good|"
        "i mean no|i meant no|i mean not|nothing doing|no dice|no go|no luck|no can do|no siree|no deal|no joy|"
        "still waiting|it came back|came back|happened again|happening again|nothing changed|"
        "nothings changed|delete it|erase it|dont like it|change the last|change the first|change the second|"
        "change the third|its back again|it is back again|"
        "my foot|my backside|my arse|my ass"
    ),
    stops=(
        "stop|stop it|stop that|stop recording|quit|cancel|cancel that|cancel it|forget it|forget that|forget about it|"
        "leave it|leave it out|skip it|change that|change it|scrap that|scrap it|turn it off|switch it off|"
        "turn the recording off|leave me alone|hang up"
    ),
    wrong=(
        "wrong|wrongly|incorrect|incorrectly|false|mistake|mistakes|mistaken|error|errors|untrue|inaccurate|bad|"
        "mixed up|messed up|screwed up|mess up|misunderstood|misunderstand|misheard|failed|fail|fault|faulty|terrible|"
        "awful|horrible|useless|rubbish|nonsense|missed|missing|broken|dissatisfied|unsatisfied|unhelpful|invalid|"
        "unacceptable|worse|worst|ridiculous|disgusting|disgraceful|disgrace|outrageous|shameful|pathetic|unsolved|"
        "unresolved|unfixed|scam|appalling|shocking|insulting|insult"
    ),
    negates=(
        "not|dont|doesnt|didnt|isnt|wasnt|wont|wouldnt|cant|cannot|couldnt|shouldnt|havent|hasnt|hadnt|arent|werent|"
        "aint|mustnt|neednt|nothing|none|nowhere|without|unable|never|nor|less than|refuses|refused|declined|rejected|"
        "reject|lacks|opposite|aint no|no longer|wanna not|nobody|no one|neither|not really|not at all|not yet|not now|"
        "not today|not quite|not exactly|not necessary|not necessarily|please dont|please do not|rarely|seldom|"
        "scarcely|barely|far from|anything but right|against|withhold|withdraw|no need|theres no need|there is no need|"
        "dont bother|do not bother|dont ever|unwilling|by no means|no use|no point"
    ),
    sure="sure|sure thing|for sure|certain|confident|positive|convinced|clear|understood",
    knows=(
        "know|clue|idea|remember|recall|understand|hear|heard|catch|caught|care|decide|decided|aware|foggiest|"
        "made up my mind|tried"
    ),
    unclear=(
        "i dont know|dont know|do not know|didnt know|no idea|no clue|not a clue|havent a clue|unsure|uncertain|"
        "not sure|not so sure|not too sure|not certain|maybe|perhaps|possibly|could be|might be|may be|might|depends|"
        "it depends|depending|hard to say|who knows|undecided|still deciding|still thinking|yes and no|yes or no|"
        "yes or|no or|either|either one|either way|both|whatever|whichever|anything is fine|no preference|no matter|"
        "no opinion|repeat|say that again|say it again|once more|come again|again please|pardon|pardon me|excuse me|"
        "let me think|let me check|let me see|need to check|need to think|have to ask|ask me later|later|sometimes|"
        "i forgot|forgot|forget|unclear|unaware|torn|if|unless|unknown|no answer|no answer to that|no information|"
        "no knowledge|what|whats|what if|who|whos|which|when|where|how|hows|why|are you|are you sure|is it|is that|"
        "is this|was it|was that|did it|does it|do i|do you|did you|did i|can i|can you|could you|would you|will you|"
        "will it|you tell me|do you mean|rephrase|clarify|elaborate|explain|confused|confusing|indifferent|unimportant|"
        "cant say|cannot say|couldnt say|cant tell|cannot tell|cant answer|cannot answer|can not answer|any one|"
        "any of them|dont get|do not get|didnt get|did not get|can not get|cannot get|cant get|not get that|said yes|"
        "say yes|says yes|said no|say no|says no|dont have an answer|does not matter|doesnt matter|no importance|"
        "importance|doubt|doubt it|doubtful|dunno|almost|nearly|partly|partially|half|halfway|somewhat|more or less|"
        "sort of|kind of|so so|would if i could|earthly idea|hope so|if only|guess who|dont have that information|"
        "dont have the answer|cant make up my mind|until|the problem|the first|first part|first digits|first few|"
        "some of|couldnt tell|could not tell|bad line|line is bad|breaking up|good grief|good luck|good lord|good god|"
        "nice try|oh great|missed that|missed it|call that|you call that|would rather you|rather you|correct would|"
        "right would|correct should|right should|somebody elses|someone elses|would it be|would it|would that|should i|"
        "shall i|shall we|am i|may i|has it|have i|have you|will it be|could it|could it be|he said|she said|they said|"
        "he says|she says|they say|was told|he told|she told|they told|close it|close the case|you can close|right or|"
        "correct or|or not|or no|or wrong|if i knew|cant recall|know what i mean|what i mean is|no comment|"
        "not to worry|dont mention it|no matter what|not bothered|im not bothered|not fussed|im not fussed|not fussy|"
        "nothing to say|"
        "be solved|be resolved|be fixed|be sorted|be answered|be confirmed|be approved|be helped|be accepted|"
        "want it solved|want it resolved|want it fixed|want it sorted|want this solved|want this resolved|"
        "want this fixed|want this sorted|want that solved|want that resolved|want that fixed|want that sorted|"
        "need it solved|need it resolved|need it fixed|need it sorted|need this solved|need this resolved|"
        "need this fixed|need this sorted|need that solved|need that resolved|need that fixed|need that sorted|"
        "get it solved|get it resolved|get it fixed|get it sorted|get this solved|get this resolved|get this fixed|"
        "get this sorted|get that solved|get that resolved|get that fixed|get that sorted|have it solved|"
        "have it resolved|have it fixed|have it sorted|have this solved|have this resolved|have this fixed|"
        "have this sorted|correct the|correct my|correct a|right up to|right up until|correct up to|up to the|"
        "up to that|up to there|as far as the|condition|conditions|"
        "in two minds|im in two minds|i am in two minds|of two minds|like id|like i would|like i could|"
        "like i care|like thats going|like thats ever|as though|had to do it|had to do that|do it yourself|"
        "do it myself|do that yourself|do it properly|do it over|did it myself|did it yourself|promised|promises|"
        "promise|yet to|supposedly|so they say|need to be|needs to be|has to be|have to be|ought to be|"
        "provided|providing|assuming|as long as|so long as|subject to|on the understanding|on condition|"
        "once i|once you|once they|once the|once its|after you|after i|with reservations|reservations|under protest|"
        "up to a point|in part|to some extent|mostly|for the most part|only when|very funny|very clever|good for you|"
        "you may think|when i|when you|when the|"
        "pending the|pending a|its supposed to be|it was supposed to be|it is supposed to be|havent checked yet|"
        "havent looked|havent tried|good joke|good question|great another|great now|and im the|"
        "see you in court|in court|lovely service|great service|good one|"
        "great help|some help|fat lot|in writing"
    ),
    hesitates=(
        "wait|wait a minute|wait a second|wait wait|hold on|hang on|hold up|one moment|just a moment|just a minute|"
        "one second|one sec|correction|is that right|is it right|is that correct|is it correct"
    ),
    nothing=(
        "um|uh|er|ah|oh|well|hmm|hm|so|thank you|thanks|sorry|sir|madam|miss|mate|ma am|maam|hi|hello|hey|very|much|"
        "just|that|this|it|i|im|its|thats|you|we|is|was|the|a|an|my|to|me|do|so much|really|quite|all|very much|"
        "completely|with|and|then|now|be|been|for|there|theres|too|also|at all|any|some|kind|kindly|in|of|on|have|has|"
        "what you just said|what you said|already said|please note|by|"
        "no thanks to you|no thanks to|dear|love|darling|pal|buddy|"
        "any time soon|anytime soon"
    ),
    apart="because|cause",
    but=(
        "but|however|though|although|except|apart from|other than|besides|only|"
        "save for|bar the"
    ),
    farewell="bye|goodbye|good bye|bye bye|bye now|cheerio",
    leads=(
        "ok|okay|right|alright|all right|fine|sure|good|great|perfect|please|lovely|nice|cool|brilliant|excellent|"
        "if you dont mind"
    ),
    stresses=(
        "absolutely|totally|definitely|certainly|exactly|precisely|indeed|obviously|naturally|completely|perfectly"
    ),
    so=(
        "yes|yeah|yea|yep|yup|yah|ya|aye|uh huh|mhm|mm hmm|correct|thats correct|that is correct|"
        "thats right|that is right|it is|yes it is|indeed|i did|yes i did|thats me"
    ),
    urges=(
        "what is it|whats it|what is it about|whats it about|what is this about|whats this about|whats that about|"
        "what about|what about it|what do you want|what do you need|whats up|what now|go on|go on then|go ahead|"
        "how can i help|how can i help you|can i help you|what can i do for you|how may i help you|tell me|"
        "im listening|what happened|whats happened|whats wrong|is something wrong|is anything wrong|"
        "is there a problem|whats the matter|whats the problem|whats going on"
    ),
    softens=(
        "fine|ok|okay|good|great|alright|all right|thats fine|that is fine|its fine|all good|please|perfect|"
        "thats it|i am|i can|i do|right|nice|lovely|cool|happy|wonderful|for sure|definitely|certainly|absolutely"
    ),
    refuses=(
        "dont want|do not want|didnt want|did not want|dont wish|do not wish|dont need|do not need|didnt need|"
        "did not need|dont mean|do not mean|didnt mean|did not mean|dont plan|do not plan|dont intend|do not intend|"
        "wouldnt want|would not want|would not like|wouldnt like|not going to|not gonna|not trying to|not calling|"
        "not here|not asking|not looking|not complaining|not ringing|not phoning|didnt call|did not call|"
        "no longer want|no longer need|never wanted|never want|never asked|wouldnt be interested|have no need|"
        "ive no need|wont be needing|wont need|dont fancy|do not fancy|dont care|do not care|no need|rather not|"
        "not want|not interested|dont transfer|do not transfer|dont connect|do not connect|dont put me|do not put me|"
        "dont send me|do not send me|dont put|do not put|please dont|dont pass|dont forward|do not forward|didnt ask|"
        "did not ask|havent asked|no need for|not saying|no wish"
    ),
    excludes=(
        "not|not a|not an|not the|not about|not about a|not about the|not for|not for a|not to|not any|no|no longer|"
        "rather than|rather than a|instead of|instead of a|isnt|isnt a|is not|is not a|not really|without|"
        "nothing to do with|never mind the|havent been|have not been|hasnt been|has not been|never been|wasnt|were not|"
        "werent|dont have|do not have|havent got|have not got|never said|not been"
    ),
    denies=(
        "dont want|do not want|didnt want|did not want|dont wish|do not wish|dont need|do not need|didnt need|"
        "did not need|dont mean|do not mean|didnt mean|did not mean|dont plan|do not plan|dont intend|do not intend|"
        "wouldnt want|would not want|would not like|wouldnt like|not going to|not gonna|not trying to|not calling|"
        "not here to|rather not|not interested|not a|not an|not the|not about|not for|rather than|instead of|"
        "nothing to do with|never mind"
    ),
    between="i|id|im|ill|but|please|just|give me|give us|lets|want|need|dont|never|stop|remove|take",
    declines=(
        "i wont|i will not|we wont|im not|i am not|were not|please dont|please do not|you dont need to|you neednt|"
        "forget the|forget about|forget that|stop offering|stop sending|stop selling|stop recommending|dont open|"
        "dont give me|dont offer|dont offer me|dont sell me|dont make|dont file|dont register|no|not a|"
        "not an|not any|not about|not about a|not about an|not about the|not for|not for a|isnt a|isnt about|"
        "isnt about a|rather than|rather than a|instead of|instead of a|nothing to do with|never mind the"
    ),
    declined=(
        "not needed|isnt needed|is not needed|not required|isnt required|not wanted|not necessary|"
        "isnt necessary|no thanks|"
        "no thank you|not for me|not interested|not what i want|not what i need"
    ),
    facts=(
        "receiving|getting|able|being|seeing|having|hearing|finding|sure|happy|satisfied|certain|well|old|young|good|"
        "be|using|allowed|eligible|understanding|paying|the one|the person|aware|me|registered|on|in|access|money|"
        "funds|balance|response|answer|reply|news|record|records|sign|signal|code|statement|statements|fee|fees|annual|"
        "limit|minimum|deposit|branch"
    ),
    idle=(
        "hello there|hi there|good morning|good afternoon|good evening|good day|good night|are you there|hear you|"
        "hear me|how are you|how do you do|nice to meet you|and|or|but|want|wants|wanted|need|like|id|ive|ill|would|"
        "could|can|will|are|am|were|did|does|had|go|going|get|not|let|lets|one|ones|other|another|these|those|them|"
        "they|he|she|him|her|your|our|us|from|at|as|by|if|here|now|please|second|seconds|moment|minute|minutes|"
        "whatever|hang|looking for it|looking|test|testing|bla|darling|dear|thing|something|anything|say|"
        "said|again|know|hear|understand|think|about|really|only|out|up|off|down|back|over|see|tell|"
        "talk|speak|talking|speaking"
    ),
    opposites=(
        "open/opening/opened/open up/set up/setting up : close/closing/closed/cancel/cancelling/canceling/terminate/"
        "terminating/delete/deleting/shut/get rid/rid of/end my/end the/leave your/leave the bank | "
        "apply/applying/application/sign up : cancel/cancelling/canceling/revoke/withdraw my application | "
        "higher/raise/raising/increase/increasing : lower/lowering/lowered/reduce/reducing/decrease/decreasing/smaller/"
        "down/cut | "
        "activate/activating/turn on/switch on/enable : deactivate/deactivating/turn off/switch off/disable | "
        "kind/nice/good/great/happy/satisfied/pleased : not kind/not nice/not good/not great/not happy/not satisfied/"
        "not pleased/unkind/unhappy/wasnt nice/werent nice/wasnt kind/werent kind | "
        "join/joining/subscribe : leave/leaving/unsubscribe/quit"
    ),
    still=(
        "no matter|no idea|no reason|no way|no one|no option|"
        "why not|why not a|is there no|are there no|if not|whether or not|not only|not just"
    ),
    digits="zero/oh/nought|one|two|three|four|five|six|seven|eight|nine",
    ordinals="|first/1st|second/2nd|third/3rd|fourth/4th|fifth/5th|sixth/6th|seventh/7th|eighth/8th|ninth/9th",
    key_leads=(
        "press|pressing|push|hit|dial|number|option|choice|key|button|item|select|choose|pick|i choose|i pick|i select|"
        "i press|i pressed|i said|ill press|ill take|ill choose|ill go with|ill have number|go with|lets go with|"
        "make it|its|it is|please|um|uh|er|well|i want number|i want option|id like number|id like option|the number|"
        "i would give you|i would give you a|i give you|i give you a|id give you|id give you a|i would give it|"
        "i would give it a|id give it|id give it a|i give it|i give it a|give it|give it a|give you a|id say|"
        "id say a|i would say|i would say a|ill give you|ill give you a|ill give it a|a"
    ),
    key_tails=(
        "please|thanks|thank you|key|button|star|stars|point|points|out of five|out of 5|then|"
        "i think|i guess|i suppose|id say|i would say"
    ),
    ordinal_tails="one|option|choice|item",
)  # fmt: skip
