//! The picture of all ports, read back from its SVG, and drawn as pixels, compared with the independent reading
//! of the registry.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::program::{run, start, written_by};
use crate::support::oracle::{PROTOCOLS, built};
use port_registry_cli::map::layout::Layout;
use port_registry_pictures::{Pixmap, png};
use roxmltree::{Document, Node};

const SIDE: usize = 256;

/// Column and row.
type Cell = (usize, usize);

/// The cells of all ports, from 0 on.
fn cells(layout: Layout) -> Vec<Cell> {
    match layout {
        Layout::Rows => (0..SIDE * SIDE)
            .map(|port| (port % SIDE, port / SIDE))
            .collect(),
        Layout::Hilbert => hilbert(SIDE),
    }
}

/// The curve by its definition: from the upper left to the upper right, through four curves of half
/// the size, of which the first and the last are turned over.
fn hilbert(side: usize) -> Vec<Cell> {
    if side == 1 {
        return vec![(0, 0)];
    }
    let half = side / 2;
    let part = hilbert(half);
    let first = part.iter().map(|&(x, y)| (y, x));
    let second = part.iter().map(|&(x, y)| (x, y + half));
    let third = part.iter().map(|&(x, y)| (x + half, y + half));
    let last = part.iter().map(|&(x, y)| (side - 1 - y, half - 1 - x));
    first.chain(second).chain(third).chain(last).collect()
}

#[test]
fn the_layouts_are_the_documented_ones_and_give_every_port_a_cell_of_its_own() {
    for layout in [Layout::Rows, Layout::Hilbert] {
        let expected = cells(layout);
        for (port, expected) in (0..=u16::MAX).zip(&expected) {
            let (column, row) = layout.cell(port);
            assert_eq!((usize::from(column), usize::from(row)), *expected, "{port}");
        }
        let distinct: HashSet<_> = expected.into_iter().collect();
        assert_eq!(distinct.len(), SIDE * SIDE);
    }
}

#[test]
fn neighbours_on_the_hilbert_curve_are_neighbours_in_the_picture() {
    for port in 1..=u16::MAX {
        let ((x, y), (to_x, to_y)) = (Layout::Hilbert.cell(port - 1), Layout::Hilbert.cell(port));
        assert_eq!(x.abs_diff(to_x) + y.abs_diff(to_y), 1, "{port}");
    }
}

const LAYOUTS: [(Layout, &[&str]); 2] = [(Layout::Rows, &[]), (Layout::Hilbert, &["--hilbert"])];

fn svg(arguments: &[&str]) -> String {
    written_by("map", &[arguments, &["-"]].concat())
}

/// The elements of this class, in the order of the document.
fn of_class<'a, 'input>(
    parent: Node<'a, 'input>,
    class: &'a str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    let all = parent.descendants();
    all.filter(move |node| node.attribute("class") == Some(class))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name)
        .unwrap_or_else(|| panic!("{name} is missing"))
}

/// The cells within the loops of a path such as `M2 1h3v1h-3z`, by the rule `evenodd`: cells with
/// an odd number of vertical lines to their left.
fn filled(path: &str) -> Vec<Cell> {
    let mut odd = vec![false; SIDE * (SIDE + 1)];
    for part in path.split_terminator('z') {
        let part = part.strip_prefix('M').expect("a loop begins with M");
        let end = part.find(['h', 'v']).expect("a loop has lines");
        let (x, y) = part[..end].split_once(' ').expect("two numbers");
        let start: (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
        let (mut x, mut y) = start;
        for line in lines(&part[end..]) {
            let length: i32 = line[1..].parse().expect("a length");
            if line.starts_with('h') {
                x += length;
            } else {
                toggle(&mut odd, x, y, y + length);
                y += length;
            }
        }
        assert!(x == start.0 || y == start.1, "the last line is straight");
        toggle(&mut odd, x, y, start.1);
    }
    let mut cells = Vec::new();
    for row in 0..SIDE {
        let mut inside = false;
        for column in 0..SIDE {
            inside ^= odd[row * (SIDE + 1) + column];
            if inside {
                cells.push((column, row));
            }
        }
    }
    cells
}

/// The parts of `h3v-1h2`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices(['h', 'v']).map(|(at, _)| at);
    let ends = starts.clone().skip(1).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| &text[start..end])
}

/// Notes a vertical line.
fn toggle(odd: &mut [bool], x: i32, from: i32, to: i32) {
    for row in from.min(to)..from.max(to) {
        let place = row as usize * (SIDE + 1) + x as usize;
        odd[place] = !odd[place];
    }
}

/// The status of every cell that is painted in the group.
fn painted<'a>(group: Node<'a, '_>) -> HashMap<Cell, &'a str> {
    let mut painted = HashMap::new();
    let paths = group.children().filter(|node| node.has_tag_name("path"));
    for path in paths.filter(|path| path.has_attribute("class")) {
        for cell in filled(attribute(path, "d")) {
            let before = painted.insert(cell, attribute(path, "class"));
            assert_eq!(before, None, "{cell:?} is painted twice");
        }
    }
    painted
}

#[test]
fn the_reader_of_outlines_is_right() {
    assert_eq!(filled("M2 1h3v1h-3z"), [(2, 1), (3, 1), (4, 1)]);
    // A ring, and two cells that touch at a corner.
    let ring = filled("M0 0h3v3h-3zM1 1v1h1v-1z");
    assert_eq!(ring.len(), 8);
    assert!(!ring.contains(&(1, 1)));
    assert_eq!(filled("M0 0h1v2h1v-1h-2z"), [(0, 0), (1, 1)]);
    assert_eq!(filled("M10 255h246v1h-246z").len(), 246);
}

#[test]
fn every_cell_has_the_colour_of_its_status_and_the_legend_has_the_counts() {
    for (layout, arguments) in LAYOUTS {
        let cells = cells(layout);
        for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
            let text = svg(&[arguments, &["--protocol", keyword]].concat());
            let document = Document::parse(&text).expect("the picture is XML");
            let group = of_class(document.root(), "cells").next().expect("cells");
            let painted = painted(group);
            assert_eq!(painted.len(), SIDE * SIDE);
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (port, cell) in (0..=u16::MAX).zip(&cells) {
                let status = built().port_status(port, protocol);
                assert_eq!(painted[cell], status, "{port}/{keyword}");
                *counts.entry(status).or_default() += 1;
            }
            assert_eq!(legend(&document), expected_legend(&document, counts));
        }
    }
}

/// Colour, name in lower case and count, in the order of the legend.
fn legend(document: &Document) -> Vec<(String, String, String)> {
    let group = of_class(document.root(), "legend")
        .next()
        .expect("a legend");
    let swatches = group.children().filter(|node| node.has_tag_name("rect"));
    let words: Vec<_> = group.children().filter_map(|node| node.text()).collect();
    let words: Vec<_> = words
        .iter()
        .filter(|text| !text.trim().is_empty())
        .collect();
    swatches
        .zip(words.chunks(3))
        .map(|(swatch, words)| {
            let colour = attribute(swatch, "fill").to_owned();
            let [name, count, _] = words else {
                panic!("{words:?} is no name, count and meaning");
            };
            (colour, name.to_ascii_lowercase(), count.replace(',', ""))
        })
        .collect()
}

fn expected_legend(
    document: &Document,
    counts: BTreeMap<&str, usize>,
) -> Vec<(String, String, String)> {
    let colours = colours(document);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let entry = |(status, count): (&str, usize)| {
        (
            colours[status].clone(),
            status.to_owned(),
            count.to_string(),
        )
    };
    counts.into_iter().map(entry).collect()
}

/// The colour of every status that occurs.
fn colours(document: &Document) -> HashMap<String, String> {
    let group = of_class(document.root(), "cells").next().expect("cells");
    let paths = group.children().filter(|node| node.has_tag_name("path"));
    paths
        .map(|path| {
            (
                attribute(path, "class").to_owned(),
                attribute(path, "fill").to_owned(),
            )
        })
        .collect()
}

#[test]
fn the_title_tells_the_protocol_and_the_date_of_the_registry() {
    let text = svg(&["--protocol", "udp"]);
    assert!(text.contains(">The 65,536 UDP ports<"));
    assert!(text.contains(&format!("IANA's registry of {};", built().updated)));
}

#[test]
fn the_bounds_of_the_ranges_are_marked() {
    for (layout, arguments) in LAYOUTS {
        let text = svg(arguments);
        let document = Document::parse(&text).expect("the picture is XML");
        let group = of_class(document.root(), "ranges").next().expect("ranges");
        for (range, ports) in [
            ("system", 0..1024),
            ("user", 1024..49152),
            ("dynamic", 49152..65536),
        ] {
            let mut expected = cells(layout)[ports.clone()].to_vec();
            expected.sort_unstable_by_key(|&(column, row)| (row, column));
            let paths: Vec<_> = of_class(group, range).collect();
            assert!(!paths.is_empty());
            for path in paths {
                assert_eq!(filled(attribute(path, "d")), expected, "{range}");
            }
            let last = ports.end - 1;
            let label = format!(" Ports {}-{last}<", ports.start);
            assert!(text.contains(&label), "{label}");
        }
    }
}

/// CIE lightness of a colour such as `#00457c`, 0 to 100.
fn lightness(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    if luminance <= 216.0 / 24389.0 {
        luminance * 24389.0 / 27.0
    } else {
        116.0 * luminance.cbrt() - 16.0
    }
}

#[test]
fn the_colours_stay_apart_without_their_hue() {
    // Together, these two have every status.
    let (tcp, sctp) = (svg(&[]), svg(&["--protocol", "sctp"]));
    let mut colours = colours(&Document::parse(&tcp).unwrap());
    colours.extend(self::colours(&Document::parse(&sctp).unwrap()));
    assert_eq!(colours.len(), 7);
    let mut levels: Vec<f64> = colours.values().map(|colour| lightness(colour)).collect();
    levels.sort_by(f64::total_cmp);
    for pair in levels.windows(2) {
        assert!(pair[1] - pair[0] > 10.0, "{levels:?}");
    }
}

#[test]
fn highlights_are_drawn_around_their_ports() {
    for (layout, arguments) in LAYOUTS {
        let highlight = [
            "--protocol",
            "udp",
            "--highlight",
            "https,SSH/udp,6000-6063,kca_service",
        ];
        let text = svg(&[arguments, &highlight].concat());
        let document = Document::parse(&text).expect("the picture is XML");
        let found: Vec<_> = of_class(document.root(), "highlight")
            .map(|group| {
                let title = group.children().find(|node| node.has_tag_name("title"));
                let outlines = group
                    .children()
                    .filter(|node| node.attribute("fill") == Some("none"));
                let outlines: Vec<_> = outlines.map(|path| filled(attribute(path, "d"))).collect();
                let mut inside: Vec<_> = painted(group).into_keys().collect();
                inside.sort_unstable_by_key(|&(column, row)| (row, column));
                for outline in &outlines {
                    assert_eq!(*outline, inside);
                }
                assert!(!outlines.is_empty());
                (title.and_then(|title| title.text()), inside)
            })
            .collect();
        let expected = [
            ("https 443", 443..=443),
            ("ssh 22", 22..=22),
            ("6000-6063", 6000..=6063),
            ("kca-service 9878", 9878..=9878),
        ]
        .map(|(title, ports)| {
            let mut cells = cells(layout)[ports].to_vec();
            cells.sort_unstable_by_key(|&(column, row)| (row, column));
            (Some(title), cells)
        });
        assert_eq!(found, expected);
    }
}

#[test]
fn labels_lie_within_the_picture_and_never_over_each_other() {
    let names = "ftp,ssh,telnet,smtp,domain,http,pop3,ntp,imap,snmp,bgp,ldap,https,submissions,\
                 ldaps,imaps,pop3s,socks,mysql,postgresql,x11,redis,http-alt,49152-65535";
    for (_, arguments) in LAYOUTS {
        let text = svg(&[arguments, &["--highlight", names]].concat());
        let document = Document::parse(&text).expect("the picture is XML");
        let labels: Vec<[f64; 4]> = document
            .descendants()
            .filter(|node| node.has_attribute("rx"))
            .map(|node| {
                ["x", "y", "width", "height"].map(|name| attribute(node, name).parse().unwrap())
            })
            .collect();
        assert_eq!(labels.len(), names.split(',').count());
        let view = attribute(document.root_element(), "viewBox");
        let view: Vec<f64> = view
            .split(' ')
            .map(|number| number.parse().unwrap())
            .collect();
        for (place, [x, y, width, height]) in labels.iter().enumerate() {
            assert!(*x >= 0.0 && *y >= 0.0 && x + width <= view[2] && y + height <= view[3]);
            for other in &labels[..place] {
                let apart = x + width <= other[0]
                    || other[0] + other[2] <= *x
                    || y + height <= other[1]
                    || other[1] + other[3] <= *y;
                assert!(apart, "{place}: {:?} {other:?}", [x, y, width, height]);
            }
        }
    }
}

#[test]
#[ignore = "needs an installed font"]
fn the_pixels_show_the_same_cells() {
    let text = svg(&["--hilbert"]);
    let picture = png(&text).expect("it can be drawn");
    let picture = Pixmap::decode_png(&picture).expect("a PNG");
    let document = Document::parse(&text).expect("the picture is XML");
    let view = format!("0 0 {} {}", picture.width(), picture.height());
    assert_eq!(attribute(document.root_element(), "viewBox"), view);

    let colours = colours(&document);
    let group = of_class(document.root(), "cells").next().expect("cells");
    // `translate(96 150) scale(4)`
    let numbers: Vec<usize> = attribute(group, "transform")
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let [left, top, side] = numbers[..] else {
        panic!("{numbers:?} is no place and scale");
    };
    let cells = cells(Layout::Hilbert);
    let ranges = [0..1024, 1024..49152, 49152..65536];
    let inner: HashSet<Cell> = ranges
        .into_iter()
        .flat_map(|range| inner(&cells[range]))
        .collect();
    assert!(inner.len() > SIDE * (SIDE - 8));
    for (port, &(column, row)) in (0..=u16::MAX).zip(&cells) {
        // The bounds of the ranges lie on the cells beside them.
        if !inner.contains(&(column, row)) {
            continue;
        }
        let [x, y] = [left + column * side, top + row * side].map(|edge| edge + side / 2);
        let pixel = picture
            .pixel(x as u32, y as u32)
            .expect("within the picture");
        let found = format!(
            "#{:02x}{:02x}{:02x}",
            pixel.red(),
            pixel.green(),
            pixel.blue()
        );
        assert_eq!(found, colours[built().port_status(port, 0)], "{port}");
    }
    // The title is there: something dark is above the cells.
    let above = &picture.pixels()[..top * picture.width() as usize];
    assert!(above.iter().any(|pixel| pixel.red() < 50));
}

/// The cells whose neighbours on all sides are in the list too.
fn inner(cells: &[Cell]) -> Vec<Cell> {
    let all: HashSet<Cell> = cells.iter().copied().collect();
    let beside = |(column, row): Cell| {
        let before = (column.checked_sub(1), row.checked_sub(1));
        let left = before.0.map(|column| (column, row));
        let above = before.1.map(|row| (column, row));
        [
            left,
            above,
            Some((column + 1, row)),
            Some((column, row + 1)),
        ]
    };
    let within = |cell: &Option<Cell>| cell.is_some_and(|cell| all.contains(&cell));
    let mut inner = cells.to_vec();
    inner.retain(|&cell| beside(cell).iter().all(within));
    inner
}

/// The command that the README gives.
const COMMITTED: [&str; 2] = ["--highlight", "https,ssh,6000-6063"];

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws_now() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("port_map.svg");
    let committed = fs::read_to_string(file).expect("the picture is there");
    assert!(
        committed == svg(&COMMITTED),
        "`refresh` draws it again, and so does cargo run --package port-registry-cli -- map {} \
         cli/port_map.svg",
        COMMITTED.join(" ")
    );
    assert!(committed.len() < 100_000);
}

#[test]
fn a_file_is_written_and_nothing_said() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("out.svg");
    let said = written_by("map", &[file.to_str().expect("UTF-8")]);
    assert_eq!(said, "");
    assert_eq!(fs::read_to_string(file).expect("a picture"), svg(&[]));
}

#[test]
fn a_file_with_another_ending_is_an_svg_too() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for name in ["a.Svg", "a", "png"] {
        let file = directory.path().join(name);
        let path = file.to_str().expect("UTF-8");
        assert_eq!(written_by("map", &[path]), "");
        let picture = fs::read_to_string(&file).expect("a picture");
        assert!(picture.starts_with("<svg"), "{name}");
    }
}

#[test]
fn a_png_is_refused_with_the_way_to_one() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for name in ["a.png", "a.PNG"] {
        let file = directory.path().join(name);
        let run = run("map", &[file.to_str().expect("UTF-8")]);
        let way = format!("`ports map - | rsvg-convert > {}`", file.display());
        assert!(run.stderr.contains(&way), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
        assert!(!file.exists());
    }
}

/// Debian's librsvg makes the PNG that the message promises.
#[test]
#[ignore = "needs rsvg-convert"]
fn rsvg_convert_makes_a_png_of_it() {
    let mut convert = start(&mut Command::new("rsvg-convert"));
    let mut input = convert.stdin.take().expect("a pipe");
    let text = svg(&[]);
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = convert.wait_with_output().expect("it ends");
    writer
        .join()
        .expect("no panic")
        .expect("it reads the picture");
    assert!(output.status.success(), "{output:?}");
    Pixmap::decode_png(&output.stdout).expect("a PNG");
}

#[test]
fn highlights_take_common_names_and_own_ones() {
    let titles = |arguments: &[&str]| -> Vec<String> {
        let text = svg(arguments);
        let document = Document::parse(&text).expect("the picture is XML");
        let groups = of_class(document.root(), "highlight");
        groups
            .filter_map(|group| group.children().find(|node| node.has_tag_name("title")))
            .filter_map(|title| title.text().map(str::to_owned))
            .collect()
    };
    assert_eq!(
        titles(&["--highlight", "rdp,kafka/tcp,www"]),
        ["rdp 3389", "kafka 9092", "www 80"]
    );
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("own");
    fs::write(&file, "admin<&> 9443/tcp\nssh 2222/tcp\n").expect("it can be written");
    let file = file.to_str().expect("UTF-8");
    assert_eq!(
        titles(&["--overlay", file, "--highlight", "admin<&>,ssh,rdp"]),
        ["admin<&> 9443", "ssh 2222", "rdp 3389"]
    );
    let run = run("map", &["--names", "iana", "--highlight", "kafka", "-"]);
    assert!(run.stderr.contains("`kafka`"), "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

#[test]
fn what_is_wrong_is_said_with_an_exit_status() {
    for (arguments, status, part) in [
        (&[][..], 2, "<FILE>"),
        (
            &["--protocol", "icmp", "-"],
            2,
            "unknown transport protocol `icmp`",
        ),
        (&["--highlight", "htps", "-"], 2, "did you mean"),
        (
            &["--highlight", "https/udp", "-"],
            2,
            "add `--protocol udp`",
        ),
        (
            &["--highlight", "quake", "--protocol", "sctp", "-"],
            2,
            "`quake` is not registered for sctp",
        ),
        (&["--highlight", "70000", "-"], 2, "above 65535"),
        (
            &["/no such directory/out.svg"],
            1,
            "/no such directory/out.svg",
        ),
    ] {
        let run = run("map", arguments);
        assert_eq!(run.status, status, "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(part), "{arguments:?}: {run:?}");
    }
}

#[test]
fn help_tells_the_options_and_the_exit_status() {
    let help = written_by("map", &["--help"]);
    for part in [
        "--hilbert",
        "--protocol",
        "--overlay",
        "rsvg-convert",
        "--highlight https,ssh,6000-6063",
        "Exit status",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
}
