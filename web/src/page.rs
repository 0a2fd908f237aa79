//! What the offline page asks of the registry.
