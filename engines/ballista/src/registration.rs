//! The three places where a cluster must know the functions: the client's session, the scheduler's
//! sessions and the executor's registry.

use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::{default_config_producer, default_session_builder};
use datafusion::error::Result;
use datafusion::execution::SessionState;
use datafusion::prelude::{SessionConfig, SessionContext};
use port_registry_datafusion::{register_all, register_functions};

/// Registers in a session of the client or of one machine. Without the rules of the optimizer a
/// function is called for every row, as it is written; that is how their gain is measured.
pub(crate) fn in_session(context: &SessionContext, without_rules: bool) -> Result<()> {
    if without_rules {
        let state = context.state_ref();
        register_functions(&mut *state.write())
    } else {
        register_all(context)
    }
}

/// Builds a session of the scheduler, which optimizes the plans of the client that it belongs to.
pub(crate) fn scheduler_session(
    config: SessionConfig,
    without_rules: bool,
) -> Result<SessionState> {
    let context = SessionContext::new_with_state(default_session_builder(config)?);
    in_session(&context, without_rules)?;
    Ok(context.state())
}

/// What an executor finds by name: the functions of DataFusion and ours.
pub(crate) fn executor_registry() -> Result<BallistaFunctionRegistry> {
    let mut state = default_session_builder(default_config_producer())?;
    register_functions(&mut state)?;
    Ok(BallistaFunctionRegistry::from(&state))
}
