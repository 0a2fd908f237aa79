//! A PNG of the SVG that `ports map` draws. It is apart from the program, because the drawing of
//! text alone would double the size of it.

use std::sync::Arc;

pub use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error(
        "no font is installed, so a PNG would lack its words: install one, such as DejaVu Sans"
    )]
    NoFont,
    #[error("the picture cannot be drawn: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("there is no memory for the picture")]
    Memory,
    #[error("the picture cannot be encoded: {0}")]
    Encoding(String),
}

/// Draws an SVG document in its own size, as the bytes of a PNG.
///
/// # Errors
///
/// If the document is no SVG, or the system has no font for its words.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let options = Options {
        fontdb: Arc::new(fonts()?),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PngError::Memory)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| PngError::Encoding(error.to_string()))
}

/// The fonts of the system. Any of them replaces a missing sans-serif one.
fn fonts() -> Result<Database, PngError> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let families = [Family::SansSerif];
    let sans_serif = Query {
        families: &families,
        ..Query::default()
    };
    if fonts.query(&sans_serif).is_none() {
        let face = fonts.faces().next().ok_or(PngError::NoFont)?;
        let (family, _) = face.families.first().ok_or(PngError::NoFont)?;
        fonts.set_sans_serif_family(family.clone());
    }
    Ok(fonts)
}
