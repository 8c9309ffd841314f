//! What a text puts in brackets: subtitles describe there what is heard, `[sobbing]`, `(笑声)`.

/// Brackets that descriptions of sounds stand in, in the scripts of the world.
const BRACKETS: [(char, char); 6] =
    [('[', ']'), ('(', ')'), ('（', '）'), ('［', '］'), ('【', '】'), ('〔', '〕')];

/// The descriptions in a text, without their brackets, in order. A bracket that is not closed describes nothing.
pub fn descriptions(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(|part| match part {
        Part::Description(inside) => Some(inside),
        Part::Said(_) => None,
    })
}

/// What a text says outside of descriptions.
#[must_use]
pub fn without_descriptions(text: &str) -> String {
    let said = parts(text).filter_map(|part| match part {
        Part::Said(said) => Some(said),
        Part::Description(_) => None,
    });
    said.collect()
}

enum Part<'a> {
    Said(&'a str),
    Description(&'a str),
}

fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let (mut rest, mut closing) = (text, None);
    std::iter::from_fn(move || {
        if let Some(close) = closing.take() {
            let (inside, after) = rest.split_once(close)?;
            rest = after;
            return Some(Part::Description(inside));
        }
        if rest.is_empty() {
            return None;
        }
        let opening = rest.char_indices().find_map(|(at, c)| {
            let (_, close) = BRACKETS.iter().find(|(open, _)| *open == c)?;
            let inside = at + c.len_utf8();
            rest[inside..].contains(*close).then_some((at, inside, *close))
        });
        let (said, after) = match opening {
            Some((at, inside, close)) => {
                closing = Some(close);
                (&rest[..at], &rest[inside..])
            }
            None => (rest, ""),
        };
        rest = after;
        Some(Part::Said(said))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_stand_in_brackets_of_any_script() {
        for (text, described, said) in [
            ("[sobbing]", &["sobbing"][..], ""),
            ("[laughs] Stop it!", &["laughs"], " Stop it!"),
            ("- [laughs]\n- (gasps)", &["laughs", "gasps"], "- \n- "),
            ("（笑声）太好了", &["笑声"], "太好了"),
            ("【拍手】〔歓声〕", &["拍手", "歓声"], ""),
            ("Nothing here.", &[], "Nothing here."),
            ("(see below [door]", &["door"], "(see below "),
            ("", &[], ""),
        ] {
            assert_eq!(descriptions(text).collect::<Vec<_>>(), described, "in {text}");
            assert_eq!(without_descriptions(text), said, "what is said in {text}");
        }
    }
}
