"""How Spanish says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

ES = Table(
    yes=(
        "no hay problema|sin problema|ningún problema|no hay ningún problema|no me importa|no tengo inconveniente|"
        "no hay inconveniente|cómo no|como no|por qué no|no hay duda|sin duda|no está mal|nada que objetar|adelante|"
        "a que sí|no pasa nada|faltaría más|no me opongo|no me molesta"
    ),
    agrees=(
        "sí|claro|claro que sí|ya|correcto|correcta|exacto|exactamente|así es|eso es|efectivamente|desde luego|"
        "por supuesto|acepto|aceptar|de acuerdo|confirmo|confirmado|cierto|es verdad|afirmativo|resuelto|solucionado|"
        "quiero|me gustaría|está bien|es mi número|ya está|creo que sí|supongo que sí|me parece bien|hazlo|hágalo|haré|"
        "funciona|funcionaría|conforme|al habla|cuando quiera|encantado|encantada|pues claro"
    ),
    lightly="vale|bien|bueno|perfecto|perfecta|ok|okay|dale|genial|estupendo|muy bien",
    ends="puede|pueden|soy yo|con ella|con él|el mismo|la misma",
    alone="por favor|porfa|si",
    no=(
        "negativo|rechazo|ninguno|ninguna|en absoluto|de ninguna manera|de ningún modo|ni hablar|qué va|todavía no|"
        "aún no|basta|para nada|claro que no|por supuesto que no|desde luego que no|creo que no|mejor no|eso es todo|"
        "nada más|déjelo estar|ya no|ahora mismo no|eso no|digo no|quiero decir no"
    ),
    stops="cancelar|cancele|déjelo|olvídelo|olvídalo|cuelgue",
    wrong="mal|incorrecto|incorrecta|equivocado|equivocada|error|falso|erróneo",
    negates="no|nunca|jamás|tampoco|nada|nadie|sin|ni",
    sure="seguro|segura|convencido",
    knows="sé|entiendo|entendí|entendido|recuerdo|oigo|oído|idea|importa|certeza",
    unclear=(
        "no sé|no lo sé|quizás|quizá|tal vez|a lo mejor|puede ser|depende|cualquiera|da igual|me da igual|cómo|qué|"
        "quién|cuál|cuánto|cuándo|dónde|repita|repetir|repite|otra vez|no sé si|casi|a medias|más o menos|dudo|duda|"
        "por qué|sí o no|sí y no|ni sí ni no|según"
    ),
    hesitates="un momento|espere|espera|perdón|perdone",
    nothing=(
        "pues|eh|em|ah|oh|gracias|señor|señora|hola|muy|mucho|muchas|lo|la|el|los|las|un|una|de|que|eso|esto|es|"
        "está|me|mi|yo|usted|muchas gracias|todo|así|y|a|en|con|ha|he"
    ),
    apart="porque",
    but="pero|aunque|sino|excepto|salvo|menos",
    leads="bueno|vale|bien|ok|okay|perfecto|ya",
    so="sí|si|exacto|correcto|así es|eso es",
    urges="dígame|digame|dime|qué pasa|que pasa|qué desea|de qué se trata|en qué puedo ayudarle|qué quiere",
    softens="bien|está bien|vale|perfecto|muy bien|ok|así es",
    refuses="no quiero|no necesito|no deseo|no me interesa|no llamo|no vengo|no voy a|no hace falta",
    excludes="no|no es|no es un|no es una|no un|no una|en vez de|en lugar de|no por|no para",
    between="yo|quiero|sino|pero",
    digits="cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    ordinals="|primero/primera|segundo/segunda|tercero/tercera|cuarto/cuarta|quinto/quinta|sexto/sexta||octavo/octava|",
    key_leads="pulso|pulsar|marco|marcar|el|la|número|el número|opción|la opción|tecla",
    key_tails="por favor|gracias",
    ordinal_tails="opción",
    denies="no quiero|no necesito|no deseo|en vez de|en lugar de|no es por|no es para",
    idle="buenos días|buenas tardes|buenas noches|buenas|qué tal|quiero|quería|quisiera|me oye|está ahí",
    opposites=(
        "abrir/apertura : cerrar/cancelar/dar de baja/eliminar | subir/aumentar : bajar/reducir | "
        "activar : desactivar"
    ),
)  # fmt: skip
