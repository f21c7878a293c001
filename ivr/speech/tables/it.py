"""How Italian says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

IT = Table(
    yes=(
        "nessun problema|non cè problema|non ci sono problemi|senza problemi|perché no|senza dubbio|nessun dubbio|"
        "non mi dispiace|niente in contrario|non ho nulla in contrario|come no|certo che sì|faccia pure|prego"
    ),
    agrees=(
        "sì|certo|certamente|esatto|esattamente|corretto|corretta|giusto|giusta|è giusto|è corretto|proprio così|"
        "daccordo|accetto|confermo|confermato|ovviamente|naturalmente|assolutamente sì|vero|è vero|risolto|risolta|"
        "voglio|vorrei|volentieri|credo di sì|penso di sì|è il mio numero|eccome|affermativo|sono io"
    ),
    lightly="va bene|bene|ok|okay|perfetto|ottimo|benissimo|può|potete|buono|a posto",
    alone="per favore|per piacere|per cortesia|si",
    no=(
        "no|no grazie|assolutamente no|certo che no|ancora no|non ancora|per niente|per nulla|affatto|"
        "niente affatto|rifiuto|lasci stare|lasci perdere|lascia stare|annulla|annullare|basta|basta così|è tutto|"
        "nientaltro|mai|credo di no|penso di no|meglio di no|negativo"
    ),
    wrong="sbagliato|sbagliata|errato|errata|errore|scorretto|falso|male",
    negates="non|niente|nulla|nessuno|nessuna|nessun|senza|né|neanche|nemmeno|neppure|mica",
    sure="sicuro|sicura|convinto",
    knows="so|capisco|capito|sento|sentito|ricordo|idea|importa|sapevo",
    unclear=(
        "non so|non lo so|boh|forse|magari|può darsi|dipende|qualsiasi|fa lo stesso|è uguale|cosa|chi|quale|quanto|"
        "quando|dove|come|perché|scusi|scusa|ripeta|ripetere|di nuovo|un momento|un attimo|aspetti|aspetta|quasi|"
        "più o meno|dubito|dubbio|sì o no|sì e no|se"
    ),
    nothing=(
        "eh|ehm|ah|oh|allora|grazie|signore|signora|pronto|buongiorno|il|la|lo|le|gli|un|una|di|è|io|lei|mi|mio|"
        "mia|molto|tutto|e|a|in|ha|ho|grazie mille|che|questo|questa|ecco"
    ),
    apart="siccome",
    but="ma|però|tuttavia|tranne|eccetto|solo che|anche se",
    leads="va bene|bene|ok|okay|perfetto|ottimo|benissimo|certo|daccordo",
    so="sì|si|esatto|giusto|corretto|proprio così",
    urges="mi dica|dica|di cosa si tratta|cosa vuole|che succede|cosa cè",
    softens="va bene|bene|ok|perfetto|a posto|benissimo|ottimo",
    refuses="non voglio|non ho bisogno|non desidero|non intendo|non mi serve|non chiamo",
    excludes="non|non è|non è un|non è una|non un|non una|invece di|non per|anziché",
    between="io|voglio|ma",
    digits="zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove",
    key_leads="premo|tasto|numero|il|la|il numero|opzione",
    key_tails="per favore|grazie",
    denies="non voglio|non vorrei|non mi serve|invece di|non per",
    idle="buongiorno|buon giorno|buonasera|buona sera|salve|vorrei|voglio|mi sente",
    opposites=(
        "aprire/apertura : chiudere/estinguere/cancellare | alzare/aumentare : abbassare/ridurre | "
        "attivare : disattivare"
    ),
)  # fmt: skip
