"""How Portuguese says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

PT = Table(
    yes=(
        "não há problema|não tem problema|sem problema|sem problemas|nenhum problema|não me importo|por que não|"
        "porque não|sem dúvida|não há dúvida|não está errado|pode ser sim|à vontade|como não|não tenho objeção"
    ),
    agrees=(
        "sim|claro|claro que sim|correto|correta|certo|certa|exato|exatamente|isso|isso mesmo|é isso|é|está certo|"
        "está correto|com certeza|certamente|de acordo|concordo|aceito|confirmo|confirmado|positivo|afirmativo|"
        "resolvido|resolveu|quero|gostaria|verdade|é verdade|acho que sim|faça|pode fazer|foi|sou eu"
    ),
    lightly="ok|okay|bem|bom|tá|tá bom|está bem|beleza|perfeito|ótimo|pode|podem|tudo bem|combinado",
    alone="por favor",
    no=(
        "negativo|recuso|de jeito nenhum|de modo nenhum|de maneira nenhuma|nada disso|claro que não|"
        "com certeza não|ainda não|acho que não|melhor não|deixa|deixa pra lá|esquece|esqueça|cancelar|cancela|"
        "chega|pare|parar|é só isso|só isso|mais nada"
    ),
    wrong="errado|errada|incorreto|incorreta|erro|engano|falso|mal",
    negates="não|nao|num|nunca|jamais|nada|ninguém|nenhum|nenhuma|sem|nem|tampouco",
    sure="certeza|tenho certeza|seguro|convencido",
    knows="sei|entendo|entendi|lembro|ouvi|ouço|ideia|importa|sabia",
    unclear=(
        "não sei|sei lá|talvez|pode ser|depende|tanto faz|qualquer|o quê|o que|quê|quem|qual|quanto|quando|onde|"
        "como|por que|porquê|desculpe|repita|repetir|de novo|outra vez|um momento|espere|espera|quase|"
        "mais ou menos|meio|duvido|dúvida|sim ou não|se"
    ),
    nothing=(
        "ah|oh|eh|é que|hum|então|obrigado|obrigada|senhor|senhora|olá|alô|muito|o|a|os|as|um|uma|de|do|da|está|eu|"
        "que|meu|minha|você|me|e|em|tudo|já|aqui|né"
    ),
    apart="porque",
    but="mas|porém|contudo|exceto|menos|só que|embora",
    leads="ok|okay|bem|bom|tá|tá bom|está bem|beleza|certo|perfeito|ótimo",
    so="sim|isso|exato|exatamente|correto|isso mesmo",
    urges="pode falar|diga|do que se trata|o que é|o que foi|em que posso ajudar",
    softens="bem|tudo bem|está bem|tá bom|ok|perfeito|beleza|ótimo",
    refuses="não quero|não preciso|não desejo|não pretendo|não vou|não estou ligando",
    excludes="não|não é|não é um|não é uma|em vez de|não um|não uma|não para|não por",
    between="eu|quero|mas",
    digits="zero||dois|três|quatro|cinco|seis|sete|oito|nove",
    key_leads="tecla|número|opção|o|a|o número",
    key_tails="por favor|obrigado|obrigada",
    denies="não quero|não preciso|não desejo|em vez de|não é para",
    idle="bom dia|boa tarde|boa noite|quero|queria|gostaria|está me ouvindo",
    opposites="abrir/abertura : fechar/encerrar/cancelar | aumentar : baixar/diminuir/reduzir | ativar : desativar",
)  # fmt: skip
