//! Spanish.

use super::Language;

#[rustfmt::skip]
pub(super) const SPANISH: Language = Language {
    common: &[
        "el", "la", "los", "las", "un", "una", "unos", "unas", "y", "o", "pero", "si", "de", "del", "en", "a",
        "al", "por", "para", "con", "sin", "sobre", "entre", "hasta", "desde", "es", "son", "era", "eran", "ser",
        "estar", "está", "están", "fue", "ha", "han", "hay", "he", "yo", "tú", "él", "ella", "nosotros", "ellos",
        "ellas", "me", "te", "se", "le", "les", "lo", "nos", "mi", "tu", "su", "sus", "mis", "que", "qué",
        "quién", "cómo", "cuándo", "dónde", "como", "cuando", "donde", "porque", "no", "sí", "ya", "muy", "más",
        "menos", "también", "este", "esta", "esto", "ese", "esa", "eso", "aquí", "allí",
    ],
    strong: &[
        // Extremes
        "nunca", "jamás", "jamas", "nadie", "mejor", "peor", "por fin", "de repente", "primera vez",
        "última vez", "del mundo", "de mi vida", "para siempre", "lo cambia todo", "lo cambió todo",
        "demasiado tarde",
        // Disbelief
        "increíble*", "imposible*", "asombros*", "extraordinari*", "milagro*", "sorpresa*", "sorprend*", "loco",
        "loca", "locos", "locura", "dios", "dios mío", "no puede ser", "genio", "magia", "mágic*", "perfecto",
        "perfecta", "hermos*", "maravill*",
        // Life and death
        "muerto", "muerta", "muertos", "muertas", "muerte", "morir", "murió", "murieron", "muere", "muriendo",
        "vida", "vivo", "viva", "vivos", "vivas", "sobreviv*", "matar", "mató", "mataron", "matado", "asesin*",
        "sangre", "bebé", "nació", "nacer", "cáncer", "accidente*", "salvar", "salvó", "salvaron", "rescat*",
        "escapar", "escapó", "atrapad*", "ahog*",
        // Danger and fights
        "peligro*", "desastre*", "destru*", "explotó", "explotar", "explosión", "explosiones", "guerra*",
        "batalla*", "enemig*", "víctima*", "infierno", "cárcel", "escándal*", "revolución", "pesadilla*",
        "tragedia*", "pánico", "socorro",
        // Winning and losing
        "ganar", "ganó", "gané", "ganamos", "ganaron", "ganado", "ganador*", "perder", "perdió", "perdí",
        "perdimos", "perdieron", "perdido", "campeón", "campeon*", "récord*", "historia", "históric*", "mundo",
        "mundial", "victoria*", "derrota*", "héroe*", "heroína", "leyenda*", "triunf*", "premio", "millón",
        "millones", "descubr*", "sueño", "sueños",
        // Joy and grief
        "amor", "te amo", "te quiero", "odio", "odia", "llorar", "lloró", "lloré", "llora", "lloraba", "llorando",
        "lágrima*", "grito", "gritos", "gritó", "gritar", "miedo", "asustad*", "terror", "terrible*", "horrible*",
        "horror", "furios*", "desesper*", "dolor", "corazón", "esperanza", "adiós", "boda", "casarse", "casamos",
        // Truth and lies
        "verdad", "mentira*", "mintió", "mentir", "traición", "traicion*", "secreto", "secretos", "perdón",
        "perdóname", "perdonar", "culpable*", "confes*", "engañ*", "promet*", "promesa", "juro", "juré",
    ],
    noticed: &[
        "risa*", "ríe", "ríen", "riendo", "carcajada*", "aplauso*", "aplaud*", "ovación", "vítores", "llanto", "llora",
        "lloran", "llorando", "solloz*", "grito*", "grita*", "chilla*", "disparo*", "explosión", "explosiones", "jadea*",
        "sirena*", "estruendo", "abuche*",
    ],
};
