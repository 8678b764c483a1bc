//! Which rule of own practice an input belongs to. The rules stand in the other files.

use super::{OwnCall, OwnForm, OwnMenu, OwnPress};
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{OrderId, Outcome};
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;

impl Team {
    /// A command.
    pub(in crate::practice) fn own(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        call: &OwnCall,
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::Unknown { name: format!("{call:?}") })
    }

    /// A button.
    pub(in crate::practice) fn own_press(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        press: OwnPress,
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::Unknown { name: format!("{press:?}") })
    }

    /// A menu.
    pub(in crate::practice) fn own_choose(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        menu: OwnMenu,
        _chosen: &[u8],
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::Unknown { name: format!("{menu:?}") })
    }

    /// A form.
    pub(in crate::practice) fn own_submit(
        &self,
        _moment: Moment<'_>,
        _ask: &Ask,
        form: OwnForm,
        _fields: &[String],
        _decision: &mut Decision,
    ) -> Result<(), Refusal> {
        Err(Refusal::Unknown { name: format!("{form:?}") })
    }

    /// An effect of own practice came to an end.
    pub(in crate::practice) fn own_delivered(
        &self,
        _moment: Moment<'_>,
        _order: OrderId,
        _outcome: &Outcome,
        _decision: &mut Decision,
    ) {
    }

    /// The process started.
    pub(in crate::practice) fn own_start(&self, _moment: Moment<'_>, _decision: &mut Decision) {}

    /// Something may be due.
    pub(in crate::practice) fn own_wake(&self, _moment: Moment<'_>, _decision: &mut Decision) {}

    /// Forgets a member.
    pub(in crate::practice) fn forget(&mut self, member: MemberId) {
        self.members.remove(&member);
    }
}
