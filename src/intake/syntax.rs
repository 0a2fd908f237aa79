//! The parts of the grammar of XML 1.0 and of its namespaces that an event reader leaves to its
//! caller: names, the inside of tags, the XML declaration, the targets of processing instructions.

use super::error::ErrorKind;

/// The names in a tag or an XML declaration, and the values as written between the quotes.
pub type WrittenAttributes<'a> = Vec<(&'a str, &'a str)>;

/// How many attributes a tag may have, namespace declarations included; the registry needs 3.
pub const MAX_ATTRIBUTES: usize = 8;

/// Reads the attributes in `text`, which is what follows the name in a tag of this name.
pub fn written_attributes<'a>(
    text: &'a str,
    tag: &str,
) -> Result<WrittenAttributes<'a>, ErrorKind> {
    let mut attributes: WrittenAttributes = Vec::new();
    let mut rest = text;
    loop {
        let attribute = rest.trim_start_matches(is_space);
        if attribute.is_empty() {
            return Ok(attributes);
        }
        let end = attribute.find(|c| c == '=' || is_space(c));
        let (name, from_name) = attribute.split_at(end.unwrap_or(attribute.len()));
        if attribute.len() == rest.len() {
            return Err(malformed(format_args!(
                "no white space before `{name}` in tag `{tag}`, expected some"
            )));
        }
        if split_qualified(name).is_none() {
            return Err(malformed(format_args!(
                "`{name}` in tag `{tag}`, expected the name of an attribute"
            )));
        }
        let Some((value, after)) = quoted_value(from_name) else {
            return Err(malformed(format_args!(
                "attribute `{name}` on `{tag}` without a quoted value, expected `{name}=\"…\"`"
            )));
        };
        if value.contains('<') {
            return Err(malformed(format_args!(
                "`<` in attribute `{name}` on `{tag}`, expected `&lt;`"
            )));
        }
        if attributes.iter().any(|&(earlier, _)| earlier == name) {
            return Err(ErrorKind::RepeatedAttribute {
                attribute: name.to_owned(),
                element: tag.to_owned(),
            });
        }
        if attributes.len() == MAX_ATTRIBUTES {
            return Err(ErrorKind::AttributeCount {
                element: tag.to_owned(),
                limit: MAX_ATTRIBUTES,
            });
        }
        attributes.push((name, value));
        rest = after;
    }
}

/// Splits `="value"…` into the value and what follows the closing quote.
fn quoted_value(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(is_space).strip_prefix('=')?;
    let text = text.trim_start_matches(is_space);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

/// Checks the XML declaration of a document, of which `text` is what follows `<?xml`.
pub fn check_declaration(text: &str, document: &str) -> Result<(), ErrorKind> {
    let attributes = written_attributes(text, "?xml")?;
    let names: Vec<&str> = attributes.iter().map(|&(name, _)| name).collect();
    let ordered = ["version", "encoding", "standalone"];
    let known = ordered.into_iter().filter(|name| names.contains(name));
    if names.first() != Some(&"version") || !known.eq(names.iter().copied()) {
        return Err(malformed(
            "XML declaration with other parts, expected `version`, then optionally `encoding` and `standalone`",
        ));
    }
    for (name, value) in attributes {
        match name {
            "version" if value != "1.0" => {
                return Err(ErrorKind::DeclaredVersion(value.to_owned()));
            }
            "encoding" => {
                let ascii = value.eq_ignore_ascii_case("us-ascii") && document.is_ascii();
                if !ascii && !value.eq_ignore_ascii_case("utf-8") {
                    return Err(ErrorKind::DeclaredEncoding(value.to_owned()));
                }
            }
            "standalone" if !matches!(value, "yes" | "no") => {
                return Err(malformed(format_args!(
                    "standalone `{value}` declared, expected `yes` or `no`"
                )));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks the target of a processing instruction.
pub fn check_target(target: &str) -> Result<(), ErrorKind> {
    if !is_name(target) || target.eq_ignore_ascii_case("xml") {
        return Err(malformed(format_args!(
            "processing instruction for `{target}`, expected a name other than `xml`"
        )));
    }
    Ok(())
}

/// Checks a namespace declaration; the prefix of the default namespace is empty.
pub fn check_namespace(prefix: &str, name: &str) -> Result<(), ErrorKind> {
    const XML: &str = "http://www.w3.org/XML/1998/namespace";
    const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
    let allowed = match prefix {
        "" => ![XML, XMLNS].contains(&name),
        "xml" => name == XML,
        "xmlns" => false,
        _ => ![XML, XMLNS, ""].contains(&name),
    };
    if !allowed {
        return Err(malformed(format_args!(
            "namespace `{name}` declared for the prefix `{prefix}`, which XML does not allow"
        )));
    }
    Ok(())
}

pub fn malformed(what: impl ToString) -> ErrorKind {
    ErrorKind::Xml(what.to_string())
}

/// The production `S` of XML 1.0, for one character.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// The production `Char` of XML 1.0.
pub fn is_character(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The first character that XML 1.0 does not allow, and where it begins.
///
/// Goes over the bytes by index: a build script is compiled without optimization, and there an
/// iterator over the characters of the whole registry takes an eighth of its time.
pub fn refused_character(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut offset = 0;
    while offset < bytes.len() {
        // The other bytes begin or continue characters that are allowed.
        if bytes[offset] < b' ' || bytes[offset] == 0xEF {
            let character = text.get(offset..).and_then(|rest| rest.chars().next());
            if let Some(character) = character.filter(|&character| !is_character(character)) {
                return Some((offset, character));
            }
        }
        offset += 1;
    }
    None
}

/// The prefix, empty where there is none, and the local part of a name in the form of the
/// production `QName` of Namespaces in XML 1.0; `None` if it is of another form.
pub fn split_qualified(name: &str) -> Option<(&str, &str)> {
    match name.split_once(':') {
        None => is_name(name).then_some(("", name)),
        Some(parts) => (is_name(parts.0) && is_name(parts.1)).then_some(parts),
    }
}

/// The production `NCName` of Namespaces in XML 1.0.
fn is_name(name: &str) -> bool {
    // By index, as above: most names hold nothing but small letters.
    let (bytes, mut letters) = (name.as_bytes(), 0);
    while letters < bytes.len() && bytes[letters].is_ascii_lowercase() {
        letters += 1;
    }
    let mut others = name[letters..].chars();
    (letters > 0 || others.next().is_some_and(is_name_start)) && others.all(is_name_part)
}

fn is_name_start(character: char) -> bool {
    matches!(character,
        'a'..='z' | 'A'..='Z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_part(character: char) -> bool {
    is_name_start(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}
