//! The colours of the statuses.

use port_registry::PortStatus;

/// The statuses from the darkest colour to the lightest.
pub(crate) const BY_DARKNESS: [PortStatus; PortStatus::ALL.len()] = [
    PortStatus::Unnamed,
    PortStatus::Assigned,
    PortStatus::Reserved,
    PortStatus::Deregistered,
    PortStatus::Unlisted,
    PortStatus::Dynamic,
    PortStatus::Unassigned,
];

/// A colour that can be told from the others in black and white and by the colour-blind, because
/// each has another lightness. The hues are those of Okabe and Ito's palette, made lighter or
/// darker.
pub(crate) const fn colour(status: PortStatus) -> &'static str {
    match status {
        PortStatus::Unnamed => "#000000",
        PortStatus::Assigned => "#00457c",
        PortStatus::Reserved => "#ae4a00",
        PortStatus::Deregistered => "#c46b9d",
        PortStatus::Unlisted => "#dda63a",
        PortStatus::Dynamic => "#a8d8f4",
        PortStatus::Unassigned => "#f7f7f5",
    }
}
