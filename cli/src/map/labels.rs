//! Places for the labels of highlights.

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

/// A label's height, and the distances that are tried from what it names.
const HEIGHT: u16 = 28;
const NEAR: i32 = 24;
const STEP: i32 = 36;
/// An upper bound for the average width of a bold character.
const CHARACTER: u16 = 13;

impl Rect {
    pub(crate) const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    pub(crate) const fn centre(&self) -> (u16, u16) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// The point of the rectangle that is nearest to another point.
    pub(crate) fn nearest(&self, (x, y): (u16, u16)) -> (u16, u16) {
        (
            x.clamp(self.x, self.x + self.width),
            y.clamp(self.y, self.y + self.height),
        )
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    fn holds(&self, other: &Self) -> bool {
        self.nearest((other.x, other.y)) == (other.x, other.y)
            && other.x + other.width <= self.x + self.width
            && other.y + other.height <= self.y + self.height
    }
}

/// A rectangle for each text, within the frame and near what the text names. It covers neither
/// another rectangle nor anything that is named.
pub(crate) fn place<'a>(
    named: &[Rect],
    texts: impl Iterator<Item = &'a str>,
    frame: &Rect,
) -> Vec<Rect> {
    let mut labels: Vec<Rect> = Vec::new();
    for (target, text) in named.iter().zip(texts) {
        let characters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX / CHARACTER);
        let width = CHARACTER
            .saturating_mul(characters)
            .saturating_add(12)
            .min(frame.width);
        let free = |label: &Rect| {
            // A label may cover what it names only if enough of that stays visible.
            let others = named
                .iter()
                .filter(|other| *other != target || !other.holds(label));
            let mut taken = others.chain(&labels);
            frame.holds(label) && !taken.any(|other| label.overlaps(other))
        };
        let mut candidates = candidates(target, width);
        // If no place is free, a label over another is better than none.
        let label = candidates
            .find(free)
            .unwrap_or(Rect::new(frame.x, frame.y, width, HEIGHT));
        labels.push(label);
    }
    labels
}

/// Places to the right of the target, to its left and on it, then the same at growing distances
/// below and above.
fn candidates(target: &Rect, width: u16) -> impl Iterator<Item = Rect> {
    let (centre_x, centre_y) = target.centre();
    let [middle, half, own] = [centre_x, target.width / 2, width].map(i32::from);
    let level = i32::from(centre_y) - i32::from(HEIGHT / 2);
    let rows = (0..30).flat_map(move |row| [level + row * STEP, level - row * STEP]);
    rows.flat_map(move |y| {
        let sides = [
            middle + half + NEAR,
            middle - half - NEAR - own,
            middle - own / 2,
        ];
        sides.map(|x| (x, y))
    })
    .filter_map(move |(x, y)| {
        Some(Rect::new(
            x.try_into().ok()?,
            y.try_into().ok()?,
            width,
            HEIGHT,
        ))
    })
}
