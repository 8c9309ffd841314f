//! Words as people use them everywhere: those that any text is full of, and those that are used when something matters
//! (extremes, life and death, joy and grief, disbelief). Everyday words of four languages, chosen by hand.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that say nothing about what a text is about.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    // English
    "the", "a", "an", "and", "or", "but", "so", "if", "then", "than", "that", "this", "these", "those",
    "there", "here", "of", "in", "on", "at", "by", "for", "with", "from", "to", "into", "out", "up", "down",
    "over", "about", "as", "is", "am", "are", "was", "were", "be", "been", "being", "do", "does", "did",
    "have", "has", "had", "will", "would", "can", "could", "should", "may", "might", "must", "shall", "not",
    "no", "yes", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "my", "your",
    "his", "its", "our", "their", "what", "which", "who", "when", "where", "why", "how", "all", "any", "some",
    "more", "most", "other", "one", "very", "just", "also", "only", "well", "oh", "i'm", "it's", "that's",
    "don't", "isn't", "you're", "we're", "he's", "she's", "they're", "i've", "we've", "let's",
    // Spanish
    "el", "la", "los", "las", "un", "una", "unos", "unas", "y", "o", "pero", "si", "de", "del", "en", "a",
    "al", "por", "para", "con", "sin", "sobre", "entre", "hasta", "desde", "es", "son", "era", "eran", "ser",
    "estar", "está", "están", "fue", "ha", "han", "hay", "he", "yo", "tú", "él", "ella", "nosotros", "ellos",
    "ellas", "me", "te", "se", "le", "les", "lo", "nos", "mi", "tu", "su", "sus", "mis", "que", "qué",
    "quién", "cómo", "cuándo", "dónde", "como", "cuando", "donde", "porque", "no", "sí", "ya", "muy", "más",
    "menos", "también", "este", "esta", "esto", "ese", "esa", "eso", "aquí", "allí",
    // Chinese
    "的", "了", "是", "在", "我", "你", "他", "她", "它", "我们", "你们", "他们", "这", "那", "这个", "那个", "这里", "那里", "有",
    "没有", "不", "也", "都", "就", "和", "跟", "与", "吗", "呢", "吧", "啊", "把", "被", "给", "到", "从", "对", "很", "还", "要",
    "会", "能", "可以", "什么", "怎么", "一", "一个", "个", "着", "过", "地", "得", "上", "下", "里", "说", "去", "来",
    // Japanese
    "の", "に", "は", "を", "が", "で", "と", "も", "へ", "や", "から", "まで", "より", "か", "ね", "よ", "な", "だ", "です", "ます",
    "でした", "ました", "た", "て", "いる", "ある", "する", "なる", "こと", "もの", "これ", "それ", "あれ", "この", "その", "あの", "ここ",
    "そこ", "私", "僕", "俺", "あなた", "彼", "彼女", "何", "どう", "そう", "という", "って", "ない", "し", "さ", "れ", "ん",
];

/// Stems of languages written with spaces, in lower case; a word counts when it begins with one, so that `believ` stands
/// for all its forms.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    // English
    "never", "nobody", "everything", "everybody", "everyone", "forever", "anyone", "best", "worst",
    "greatest", "biggest", "fastest", "finally", "suddenly", "believ", "unbeliev", "incredib", "amazing",
    "impossib", "wonder", "miracle", "secret", "truth", "lie", "betray", "love", "hate", "forgive", "sorry",
    "cry", "cried", "tears", "scream", "afraid", "terrif", "fear", "shock", "die", "died", "dead", "death",
    "alive", "kill", "murder", "lost", "lose", "won", "win", "winner", "champion", "record", "history",
    "world", "life", "dream", "beaten", "broke", "danger", "remember", "prove", "proof", "discover",
    "important", "god", "wow", "heart", "escap", "rescu", "trapp", "surviv", "destroy", "explo", "burn",
    "blood", "war", "hero", "victor", "defeat", "legend", "unforgett", "goodbye", "marr", "baby", "born",
    "cancer", "accident", "hurt", "pain", "guilty", "confess", "cheat", "stole", "million", "billion", "hope",
    "promise", "swear", "shocked", "surpris", "crazy", "insane", "terribl", "horribl", "awful", "beautiful",
    "perfect", "magic", "disaster", "victim", "hell", "damn", "furious", "desperat", "genius", "scandal",
    "revolution",
    // Spanish
    "nunca", "jamás", "nadie", "mejor", "peor", "increíble", "imposible", "amor", "odio", "muert", "morir",
    "murió", "vida", "viv", "mat", "asesin", "llor", "grit", "miedo", "secreto", "verdad", "mentira", "gan",
    "perd", "campe", "récord", "historia", "mundo", "sueño", "milagro", "perdón", "corazón", "dios", "guerra",
    "sangre", "jamas", "guerr", "héroe", "victoria", "derrota", "leyenda", "adiós", "casar", "bebé", "nació",
    "cáncer", "accidente", "dolor", "culpable", "confies", "engañ", "millon", "esperanza", "promet", "juro",
    "sorpres", "loco", "loca", "terrible", "horrible", "hermos", "perfect", "magia", "desastre", "víctima",
    "infierno", "furios", "desesper", "genio", "escándalo", "salvar", "escap", "explot", "final", "campeona",
];

/// Expressions of languages written without spaces.
#[rustfmt::skip]
const EXPRESSIONS: &[&str] = &[
    // Chinese
    "从来", "从没", "永远", "所有人", "没有人", "没人", "最好", "最大", "最后", "第一次", "终于", "突然", "居然", "竟然", "不可能", "不敢相信",
    "难以置信", "奇迹", "秘密", "真相", "骗", "背叛", "爱你", "恨", "对不起", "原谅", "哭", "泪", "害怕", "死", "活着", "杀", "赢", "输",
    "冠军", "纪录", "历史", "世界", "梦想", "救命", "天啊", "重要", "爆炸", "战争", "英雄", "胜利", "失败", "传奇", "再见", "结婚", "出生",
    "癌症", "事故", "受伤", "痛苦", "承认", "欺骗", "百万", "亿万", "希望", "发誓", "震惊", "惊喜", "疯狂", "可怕", "恐怖", "完美", "灾难",
    "绝望", "天才", "革命", "不会吧", "太棒了", "太厉害",
    // Japanese
    "絶対", "決して", "誰も", "一番", "最高", "最後", "初めて", "ついに", "突然", "信じられない", "ありえない", "奇跡", "秘密", "真実", "嘘", "愛して",
    "大好き", "泣", "怖", "生きて", "殺", "勝", "爆発", "戦争", "英雄", "勝利", "敗北", "伝説", "さよなら", "結婚", "生まれ", "事故", "痛み",
    "認め", "騙", "希望", "約束", "誓", "衝撃", "驚", "狂", "恐ろし", "完璧", "災害", "絶望", "天才", "革命", "助けて", "すごい", "やばい",
    "まさか", "死ん", "愛",
];

/// Whether a word, in lower case, is one that any text is full of.
pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| FUNCTION_WORDS.iter().copied().collect());
    WORDS.contains(word)
}

/// How many strong words a text holds.
pub(super) fn strong_words(text: &str) -> usize {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let spaced = words.filter(|word| STEMS.iter().any(|stem| is_form(word, stem))).count();
    if lower.is_ascii() {
        return spaced; // The scripts of the expressions are not in it.
    }
    spaced + EXPRESSIONS.iter().map(|expression| lower.matches(expression).count()).sum::<usize>()
}

/// Whether a word is the stem with an ending: short stems take short endings only, so that `die` is not `diet`.
fn is_form(word: &str, stem: &str) -> bool {
    // The first letter alone rules most stems out, at less cost than comparing texts.
    word.as_bytes().first() == stem.as_bytes().first()
        && word
            .strip_prefix(stem)
            .is_some_and(|ending| ending.chars().count() <= if stem.len() < 5 { 1 } else { 5 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_words_are_counted_in_four_languages() {
        for (text, expected) in [
            ("I have never told anyone.", 2),
            ("It closes on the first and last day, as always.", 0),
            ("The next bus leaves at nine.", 0),
            ("Nunca vi un milagro", 2),
            ("我不敢相信，他还活着", 2),
            ("信じられない、生きてる", 2),
        ] {
            assert_eq!(strong_words(text), expected, "in {text}");
        }
    }
}
