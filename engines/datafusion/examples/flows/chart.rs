//! Bytes by service and hour, as bars in SVG.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type, TimeUnit};
use datafusion::arrow::temporal_conversions::timestamp_s_to_datetime;
use datafusion::error::Result as EngineResult;
use plotters::prelude::*;

use crate::failure::Failure;

const SIZE: (u32, u32) = (960, 480);
const LEGEND_WIDTH: u32 = 190;
const HOUR: i64 = 3600;
/// So many services have a colour of their own.
const MOST: usize = 7;
const UNNAMED: &str = "no service";
const OTHERS: &str = "all others";

/// Colours of middle lightness that the colour-blind can tell apart, by Okabe and Ito. They can be
/// seen on a light ground and on a dark one.
const COLOURS: [RGBColor; MOST] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xb3, 0xa8, 0x2c),
];
const UNNAMED_COLOUR: RGBColor = RGBColor(0x80, 0x80, 0x80);
const OTHERS_COLOUR: RGBColor = RGBColor(0xa8, 0xa8, 0xa8);

/// The colour of texts and lines, and how the picture changes it on a dark ground.
const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
const STYLE: &str = "<title>Bytes by service and hour</title>
<style>
svg { background: #FFFFFF }
@media (prefers-color-scheme: dark) {
svg { background: #161616 }
text { fill: #DDDDDD }
[stroke=\"#222222\"] { stroke: #DDDDDD }
}
</style>
";

/// Bytes of each service in each hour, in seconds since 1970.
#[derive(Debug, Default, PartialEq)]
struct Hours {
    bytes: BTreeMap<i64, BTreeMap<String, f64>>,
}

/// A service, or several together, in one colour.
struct Series {
    name: String,
    colour: RGBColor,
}

/// Draws the answer to the question by hour.
pub fn draw(batches: &[RecordBatch], path: &Path) -> Result<(), Failure> {
    let hours = Hours::of(batches)?;
    let svg = picture(&hours).map_err(Failure::Chart)?;
    fs::write(path, svg).map_err(|cause| Failure::Unwritable {
        path: path.to_owned(),
        cause,
    })
}

impl Hours {
    fn of(batches: &[RecordBatch]) -> EngineResult<Self> {
        let mut hours = Self::default();
        for batch in batches {
            hours.add(batch)?;
        }
        Ok(hours)
    }

    fn add(&mut self, batch: &RecordBatch) -> EngineResult<()> {
        let [hour, service, bytes, ..] = batch.columns() else {
            return Ok(());
        };
        let hour = cast(hour, &DataType::Timestamp(TimeUnit::Second, None))?;
        let hour = cast(&hour, &DataType::Int64)?;
        let service = cast(service, &DataType::Utf8)?;
        let bytes = cast(bytes, &DataType::Float64)?;
        let rows = hour
            .as_primitive::<Int64Type>()
            .iter()
            .zip(service.as_string::<i32>())
            .zip(bytes.as_primitive::<Float64Type>());
        for ((hour, service), bytes) in rows {
            // Flows without a time have no place in the picture.
            let (Some(hour), Some(bytes)) = (hour, bytes) else {
                continue;
            };
            let services = self.bytes.entry(hour).or_default();
            *services
                .entry(service.unwrap_or(UNNAMED).to_owned())
                .or_default() += bytes;
        }
        Ok(())
    }

    /// The services with the most bytes, then what has no service, then the others together.
    fn series(&self) -> Vec<Series> {
        let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
        for (service, bytes) in self.bytes.values().flatten() {
            *totals.entry(service).or_default() += bytes;
        }
        let has_unnamed = totals.remove(UNNAMED).is_some();
        let mut services: Vec<(&str, f64)> = totals.into_iter().collect();
        services.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let series = |name: &str, colour| Series {
            name: name.to_owned(),
            colour,
        };
        let mut chosen: Vec<Series> = services
            .iter()
            .zip(COLOURS)
            .map(|((name, _), colour)| series(name, colour))
            .collect();
        if has_unnamed {
            chosen.push(series(UNNAMED, UNNAMED_COLOUR));
        }
        if services.len() > MOST {
            chosen.push(series(OTHERS, OTHERS_COLOUR));
        }
        chosen
    }

    fn highest(&self) -> f64 {
        let sums = self.bytes.values().map(|services| services.values().sum());
        sums.fold(0.0, f64::max)
    }
}

/// The bytes of each series, in the order of the series.
fn heights(services: &BTreeMap<String, f64>, series: &[Series]) -> Vec<f64> {
    let mut heights = vec![0.0; series.len()];
    for (service, bytes) in services {
        let own = series.iter().position(|one| one.name == *service);
        let place = own.unwrap_or(series.len().saturating_sub(1));
        if let Some(height) = heights.get_mut(place) {
            *height += bytes;
        }
    }
    heights
}

fn picture(hours: &Hours) -> Result<String, String> {
    let mut svg = String::new();
    plot(hours, &mut svg).map_err(|error| error.to_string())?;
    // The style goes behind the first element, which is the whole picture.
    let place = svg.find('>').map_or(0, |end| end + 1);
    svg.insert_str(place, STYLE);
    Ok(svg)
}

fn plot(hours: &Hours, svg: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let (Some((&first, _)), Some((&last, _))) =
        (hours.bytes.first_key_value(), hours.bytes.last_key_value())
    else {
        return Err("no flow has an hour".into());
    };
    let (series, highest) = (hours.series(), hours.highest());
    let (divisor, unit) = unit(highest);
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let (left, right) = root.split_horizontally(SIZE.0.saturating_sub(LEGEND_WIDTH));
    let label = ("sans-serif", 15).into_font().color(&INK);
    // A year of hours is far within what a float counts exactly.
    let place = |time: i64| ((time - first) / HOUR) as f64;
    let top = if highest > 0.0 {
        highest / divisor * 1.05
    } else {
        1.0
    };
    let mut chart = ChartBuilder::on(&left)
        .caption(
            "Bytes by service and hour",
            ("sans-serif", 18).into_font().color(&INK),
        )
        .margin(14)
        .x_label_area_size(48)
        .y_label_area_size(72)
        .build_cartesian_2d(0.0..place(last) + 1.0, 0.0..top)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(INK.mix(0.2))
        .axis_style(INK)
        .label_style(label.clone())
        .axis_desc_style(label.clone())
        .x_labels(6)
        .x_desc("hour (UTC)")
        .x_label_formatter(&|hours| clock(first, *hours))
        .y_desc(format!("{unit} in the hour"))
        .draw()?;
    for (&time, services) in &hours.bytes {
        let (start, mut base) = (place(time), 0.0);
        for (one, height) in series.iter().zip(heights(services, &series)) {
            let top = base + height / divisor;
            let corners = [(start, base), (start + 1.0, top)];
            chart.draw_series([Rectangle::new(corners, one.colour.filled())])?;
            base = top;
        }
    }
    // The highest part of a bar is the highest line of the legend.
    for (line, one) in (0..).zip(series.iter().rev()) {
        let y = 50 + 22 * line;
        right.draw(&Rectangle::new([(4, y), (18, y + 14)], one.colour.filled()))?;
        right.draw(&Text::new(one.name.clone(), (26, y), label.clone()))?;
    }
    root.present()?;
    Ok(())
}

fn unit(bytes: f64) -> (f64, &'static str) {
    const UNITS: [(f64, &str); 5] = [
        (1e15, "PB"),
        (1e12, "TB"),
        (1e9, "GB"),
        (1e6, "MB"),
        (1e3, "kB"),
    ];
    UNITS
        .into_iter()
        .find(|(size, _)| bytes >= *size)
        .unwrap_or((1.0, "bytes"))
}

/// The day and the time so many hours after the first.
fn clock(first: i64, hours: f64) -> String {
    let seconds = (hours * 3600.0) as i64;
    timestamp_s_to_datetime(first.saturating_add(seconds))
        .map_or_else(String::new, |time| time.format("%b %-d %H:%M").to_string())
}
