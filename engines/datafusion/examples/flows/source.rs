//! The files as one table.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Take};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::common::parsers::CompressionTypeVariant;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::functions::core::expr_fn::nullif;
use datafusion::prelude::{Expr, SessionContext, cast, ident, lit};

use crate::failure::Failure;
use crate::heading::{self, Heading, Layout};

/// A heading ends within so many bytes.
const HEADING_LENGTH: u64 = 1 << 16;

/// How a file is written.
#[derive(Clone, Debug, PartialEq)]
struct Kind {
    form: Form,
    compression: CompressionTypeVariant,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Parquet,
    /// With its heading: columns are read by their places, so these have to agree.
    Csv(String),
    Json,
    Text(Layout),
}

/// Opens files of one kind as one table.
pub async fn open(
    context: &SessionContext,
    paths: &[PathBuf],
) -> Result<Arc<dyn TableProvider>, Failure> {
    let kind = common_kind(paths)?;
    let urls = paths
        .iter()
        .map(|path| url(path))
        .collect::<Result<Vec<_>, _>>()?;
    let options = ListingOptions::new(kind.format()).with_file_extension("");
    match &kind.form {
        Form::Text(layout) => {
            let table = listing(urls, options, texts(layout))?;
            let texts = context.read_table(Arc::new(table))?;
            Ok(texts.select(values(layout))?.into_view())
        }
        Form::Parquet | Form::Csv(_) | Form::Json => {
            let schema = common_schema(context, &urls, &options).await?;
            if let ([], Some(path)) = (schema.fields().as_ref(), paths.first()) {
                return Err(Failure::NoColumns { path: path.clone() });
            }
            Ok(Arc::new(listing(urls, options, schema)?))
        }
    }
}

fn listing(
    urls: Vec<ListingTableUrl>,
    options: ListingOptions,
    schema: Schema,
) -> Result<ListingTable, Failure> {
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(Arc::new(schema));
    Ok(ListingTable::try_new(config)?)
}

/// The columns of all files: one may have fields that another lacks.
async fn common_schema(
    context: &SessionContext,
    urls: &[ListingTableUrl],
    options: &ListingOptions,
) -> Result<Schema, Failure> {
    let state = context.state();
    let mut schemas = Vec::new();
    for url in urls {
        let schema = options.infer_schema(&state, url).await?;
        schemas.push(Schema::clone(&schema));
    }
    Ok(Schema::try_merge(schemas)?)
}

fn common_kind(paths: &[PathBuf]) -> Result<Kind, Failure> {
    let mut common: Option<(&PathBuf, Kind)> = None;
    for path in paths {
        let kind = Kind::of(path)?;
        match &common {
            None => common = Some((path, kind)),
            Some((_, first)) if *first == kind => {}
            Some((first, _)) => {
                return Err(Failure::Mixed {
                    first: (*first).clone(),
                    other: path.clone(),
                });
            }
        }
    }
    common
        .map(|(_, kind)| kind)
        .ok_or_else(|| Failure::UnknownKind {
            path: PathBuf::new(),
        })
}

impl Kind {
    /// Tells the kind by the file's name. Many logs are called `.log`, so these are looked into.
    fn of(path: &Path) -> Result<Self, Failure> {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_lowercase();
        let (name, compression) = if let Some(name) = name.strip_suffix(".gz") {
            (name, CompressionTypeVariant::GZIP)
        } else if let Some(name) = name.strip_suffix(".zst") {
            (name, CompressionTypeVariant::ZSTD)
        } else {
            (name.as_str(), CompressionTypeVariant::UNCOMPRESSED)
        };
        let form = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("parquet") if compression != CompressionTypeVariant::UNCOMPRESSED => {
                return Err(Failure::CompressedParquet {
                    path: path.to_owned(),
                });
            }
            Some("parquet") => Form::Parquet,
            Some("csv") => Form::Csv(first_line(path, compression)?),
            Some("ndjson" | "jsonl" | "json") => Form::Json,
            Some("log" | "txt") => logged(path, compression)?,
            _ => {
                return Err(Failure::UnknownKind {
                    path: path.to_owned(),
                });
            }
        };
        Ok(Self { form, compression })
    }

    fn format(&self) -> Arc<dyn FileFormat> {
        let compression = FileCompressionType::from(self.compression);
        match &self.form {
            Form::Parquet => Arc::new(ParquetFormat::default()),
            Form::Csv(_) => Arc::new(
                CsvFormat::default()
                    .with_has_header(true)
                    .with_file_compression_type(compression),
            ),
            Form::Json => Arc::new(JsonFormat::default().with_file_compression_type(compression)),
            Form::Text(layout) => Arc::new(
                CsvFormat::default()
                    .with_has_header(layout.has_header)
                    .with_delimiter(layout.delimiter)
                    .with_comment(layout.comment)
                    // These logs quote nothing: a quotation mark is a sign like others.
                    .with_quote(0)
                    .with_file_compression_type(compression),
            ),
        }
    }
}

fn logged(path: &Path, compression: CompressionTypeVariant) -> Result<Form, Failure> {
    match heading::read(first_lines(path, compression)?.iter().map(String::as_str)) {
        Heading::Json => Ok(Form::Json),
        Heading::Text(layout) => Ok(Form::Text(layout)),
        Heading::NoFields => Err(Failure::NoFields {
            path: path.to_owned(),
        }),
        Heading::Unknown => Err(Failure::UnknownLog {
            path: path.to_owned(),
        }),
    }
}

/// The lines of a heading and the one after.
fn first_lines(path: &Path, compression: CompressionTypeVariant) -> Result<Vec<String>, Failure> {
    let mut lines = Lines::open(path, compression)?;
    let mut heading = Vec::new();
    while let Some(line) = lines.next()? {
        let is_last = !line.starts_with('#') && !line.is_empty();
        heading.push(line);
        if is_last {
            break;
        }
    }
    Ok(heading)
}

fn first_line(path: &Path, compression: CompressionTypeVariant) -> Result<String, Failure> {
    Ok(Lines::open(path, compression)?.next()?.unwrap_or_default())
}

/// The lines at the start of a file.
struct Lines<'a> {
    path: &'a Path,
    text: BufReader<Take<Box<dyn Read + Send>>>,
}

impl<'a> Lines<'a> {
    fn open(path: &'a Path, compression: CompressionTypeVariant) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|cause| unreadable(path, cause))?;
        let text = FileCompressionType::from(compression).convert_read(file)?;
        Ok(Self {
            path,
            text: BufReader::new(text.take(HEADING_LENGTH)),
        })
    }

    fn next(&mut self) -> Result<Option<String>, Failure> {
        let mut line = Vec::new();
        let read = self.text.read_until(b'\n', &mut line);
        if read.map_err(|cause| unreadable(self.path, cause))? == 0 {
            return Ok(None);
        }
        Ok(Some(
            String::from_utf8_lossy(&line)
                .trim_end_matches(['\r', '\n'])
                .to_owned(),
        ))
    }
}

fn unreadable(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Unreadable {
        path: path.to_owned(),
        cause,
    }
}

/// All fields as texts: the engine's reader knows no other sign for null than the empty text.
fn texts(layout: &Layout) -> Schema {
    let fields = layout
        .fields
        .iter()
        .map(|(name, _)| Field::new(name, DataType::Utf8, true));
    Schema::new(fields.collect::<Vec<_>>())
}

/// The fields in their types, and null where the log has a sign for it.
fn values(layout: &Layout) -> Vec<Expr> {
    let value = |(name, data_type): &(String, DataType)| {
        let text = layout
            .nulls
            .iter()
            .fold(ident(name), |text, null| nullif(text, lit(null)));
        let value = match data_type {
            DataType::Utf8 => text,
            other => cast(text, other.clone()),
        };
        value.alias(name)
    };
    layout.fields.iter().map(value).collect()
}

/// The address of a file. Signs that have a meaning in patterns or addresses are escaped, so that
/// each file is itself alone.
fn url(path: &Path) -> Result<ListingTableUrl, Failure> {
    let unreadable = |cause| Failure::Unreadable {
        path: path.to_owned(),
        cause,
    };
    let whole = path.canonicalize().map_err(unreadable)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let mut address = String::from("file://");
    for byte in whole.as_os_str().as_encoded_bytes() {
        match *byte {
            byte if is_plain(byte) => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(ListingTableUrl::parse(address)?)
}
