//! Words that people use when something matters: extremes, life and death, joy and grief, disbelief.
//! Everyday words of four languages, chosen by hand; a word counts by its stem, so that `believ` stands for all its forms.

/// Stems of languages written with spaces, in lower case; a word counts when it begins with one.
const STEMS: [&str; 101] = [
    // English
    "never",
    "nobody",
    "everything",
    "everybody",
    "everyone",
    "forever",
    "anyone",
    "best",
    "worst",
    "greatest",
    "biggest",
    "fastest",
    "finally",
    "suddenly",
    "believ",
    "unbeliev",
    "incredib",
    "amazing",
    "impossib",
    "wonder",
    "miracle",
    "secret",
    "truth",
    "lie",
    "betray",
    "love",
    "hate",
    "forgive",
    "sorry",
    "cry",
    "cried",
    "tears",
    "scream",
    "afraid",
    "terrif",
    "fear",
    "shock",
    "die",
    "died",
    "dead",
    "death",
    "alive",
    "kill",
    "murder",
    "lost",
    "lose",
    "won",
    "win",
    "winner",
    "champion",
    "record",
    "history",
    "world",
    "life",
    "dream",
    "beaten",
    "broke",
    "danger",
    "remember",
    "prove",
    "proof",
    "discover",
    "important",
    "god",
    "wow",
    "heart",
    // Spanish
    "nunca",
    "jamás",
    "nadie",
    "mejor",
    "peor",
    "increíble",
    "imposible",
    "amor",
    "odio",
    "muert",
    "morir",
    "murió",
    "vida",
    "viv",
    "mat",
    "asesin",
    "llor",
    "grit",
    "miedo",
    "secreto",
    "verdad",
    "mentira",
    "gan",
    "perd",
    "campe",
    "récord",
    "historia",
    "mundo",
    "sueño",
    "milagro",
    "perdón",
    "corazón",
    "dios",
    "guerra",
    "sangre",
];

/// Expressions of languages written without spaces.
const EXPRESSIONS: [&str; 64] = [
    // Chinese
    "从来",
    "从没",
    "永远",
    "所有人",
    "没有人",
    "没人",
    "最好",
    "最大",
    "最后",
    "第一次",
    "终于",
    "突然",
    "居然",
    "竟然",
    "不可能",
    "不敢相信",
    "难以置信",
    "奇迹",
    "秘密",
    "真相",
    "骗",
    "背叛",
    "爱你",
    "恨",
    "对不起",
    "原谅",
    "哭",
    "泪",
    "害怕",
    "死",
    "活着",
    "杀",
    "赢",
    "输",
    "冠军",
    "纪录",
    "历史",
    "世界",
    "梦想",
    "救命",
    "天啊",
    "重要",
    // Japanese
    "絶対",
    "決して",
    "誰も",
    "一番",
    "最高",
    "最後",
    "初めて",
    "ついに",
    "突然",
    "信じられない",
    "ありえない",
    "奇跡",
    "秘密",
    "真実",
    "嘘",
    "愛して",
    "大好き",
    "泣",
    "怖",
    "生きて",
    "殺",
    "勝",
];

/// How many strong words a text holds.
pub(crate) fn strong_words(text: &str) -> usize {
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
