//! The headings of text logs: what their fields are called, and of which type they are.

use datafusion::arrow::datatypes::DataType;

/// How a text log is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub delimiter: u8,
    /// The sign that begins lines which are no records.
    pub comment: Option<u8>,
    /// Whether the first line is the heading.
    pub has_header: bool,
    /// What stands for a value that is not there.
    pub nulls: Vec<String>,
    pub fields: Vec<(String, DataType)>,
}

/// What the start of a log tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// One object a line.
    Json,
    Text(Layout),
    /// Zeek's, but without the names of its fields.
    NoFields,
    Unknown,
}

/// Reads the heading of a log from its first lines.
pub fn read<'a>(mut lines: impl Iterator<Item = &'a str>) -> Heading {
    let Some(first) = lines.find(|line| !line.trim().is_empty()) else {
        return Heading::Unknown;
    };
    if first.starts_with('{') {
        return Heading::Json;
    }
    if first.starts_with('#') {
        let heading = std::iter::once(first)
            .chain(lines)
            .take_while(|line| line.starts_with('#'));
        return zeek(heading).map_or(Heading::NoFields, Heading::Text);
    }
    vpc(first).map_or(Heading::Unknown, Heading::Text)
}

/// Zeek's heading is lines such as `#fields`, a separator, and what they tell.
fn zeek<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Layout> {
    let mut delimiter = '\t';
    let (mut names, mut types, mut nulls) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        if let Some(written) = line.strip_prefix("#separator ") {
            delimiter = separator(written.trim())?;
            continue;
        }
        let mut words = line.split(delimiter);
        match words.next() {
            Some("#fields") => names = words.collect(),
            Some("#types") => types = words.collect(),
            Some("#unset_field" | "#empty_field") => nulls.extend(words.map(str::to_owned)),
            _ => {}
        }
    }
    if names.is_empty() {
        return None;
    }
    let types = types
        .into_iter()
        .map(zeek_type)
        .chain(std::iter::repeat(DataType::Utf8));
    let fields = names.into_iter().map(str::to_owned).zip(types).collect();
    let delimiter = u8::try_from(delimiter).ok()?;
    Some(Layout {
        delimiter,
        comment: Some(b'#'),
        has_header: false,
        nulls,
        fields,
    })
}

/// The separator is written as `\x09`, or as itself.
fn separator(written: &str) -> Option<char> {
    match written.strip_prefix("\\x") {
        Some(digits) => u8::from_str_radix(digits, 16).ok().map(char::from),
        None => written.chars().next(),
    }
}

fn zeek_type(name: &str) -> DataType {
    match name {
        "port" => DataType::UInt16,
        // Zeek counts without sign, but sums of both kinds of numbers are easier with one.
        "count" | "int" => DataType::Int64,
        "time" | "interval" | "double" => DataType::Float64,
        _ => DataType::Utf8,
    }
}

/// The fields of VPC flow logs that are numbers.
const VPC_NUMBERS: &[&str] = &[
    "version",
    "srcport",
    "dstport",
    "protocol",
    "packets",
    "bytes",
    "start",
    "end",
    "tcp_flags",
    "traffic_path",
];

/// A VPC flow log begins with the names of its fields. They get underscores in place of hyphens,
/// as they have in Parquet, so that the same question fits both.
fn vpc(line: &str) -> Option<Layout> {
    let names: Vec<String> = line
        .split_whitespace()
        .map(|name| name.replace('-', "_"))
        .collect();
    let is_name = |name: &String| {
        name.bytes()
            .all(|one| one == b'_' || one.is_ascii_lowercase())
    };
    let known = names
        .iter()
        .any(|name| VPC_NUMBERS.contains(&name.as_str()));
    if !known || !names.iter().all(is_name) {
        return None;
    }
    let fields = names.into_iter().map(|name| {
        let number = VPC_NUMBERS.contains(&name.as_str());
        (
            name,
            if number {
                DataType::Int64
            } else {
                DataType::Utf8
            },
        )
    });
    let nulls = vec!["-".to_owned()];
    Some(Layout {
        delimiter: b' ',
        comment: None,
        has_header: true,
        nulls,
        fields: fields.collect(),
    })
}
