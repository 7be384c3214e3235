//! Roles, what each allows, and the values that prove it.

use super::{SignedIn, Team};
use crate::studies::StudyInfo;
use crate::{Result, ServiceError, Services, WaveInfo};
use std::marker::PhantomData;
use store::{AccountId, NewAudit, Role, StudyId};
use time::OffsetDateTime;

/// Something that needs a right in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Know that the study exists, and see its questionnaire.
    See,
    /// See exact results.
    ViewResults,
    /// Take the data out.
    ExportData,
    /// Set responses aside, and take them back.
    SetAside,
    /// Enter or import responses.
    Enter,
    /// Change the questionnaire, rehearse it, publish it.
    Design,
    /// Open and close waves, invite respondents.
    Field,
    /// Say who is a member.
    ManageMembers,
    /// Read what was done.
    ReadAudit,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::See,
        Self::ViewResults,
        Self::ExportData,
        Self::SetAside,
        Self::Enter,
        Self::Design,
        Self::Field,
        Self::ManageMembers,
        Self::ReadAudit,
    ];
}

/// Whether a role allows an action: the whole table of rights.
///
/// ```
/// use service::{Role, team::{Action, allows}};
/// assert!(allows(Role::Analyst, Action::ExportData));
/// assert!(!allows(Role::Viewer, Action::ExportData));
/// ```
#[must_use]
pub const fn allows(role: Role, action: Action) -> bool {
    use Action as A;
    match role {
        Role::Owner => true,
        Role::Organiser => matches!(
            action,
            A::See | A::ViewResults | A::Enter | A::Design | A::Field
        ),
        Role::Analyst => matches!(
            action,
            A::See | A::ViewResults | A::ExportData | A::SetAside
        ),
        Role::Correspondent => matches!(action, A::See | A::Enter),
        Role::Viewer => matches!(action, A::See | A::ViewResults),
    }
}

/// An action as a type, so that a right to one is not taken for a right to another.
pub trait Deed: Send + Sync + 'static {
    /// The action.
    const ACTION: Action;
}

macro_rules! deeds {
    ($($name:ident),* $(,)?) => {$(
        #[doc = concat!("The deed of [`Action::", stringify!($name), "`].")]
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl Deed for $name {
            const ACTION: Action = Action::$name;
        }
    )*};
}

deeds!(
    See,
    ViewResults,
    ExportData,
    SetAside,
    Enter,
    Design,
    Field,
    ManageMembers,
    ReadAudit,
);

/// Who does something, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    account: Option<AccountId>,
    name: String,
}

impl Actor {
    pub(crate) fn of(who: &SignedIn) -> Self {
        Self {
            account: Some(who.account.id),
            name: format!("{} <{}>", who.account.name, who.account.email),
        }
    }

    pub(crate) fn operator() -> Self {
        Self {
            account: None,
            name: "operator".to_owned(),
        }
    }

    /// The program itself, for what it does on its day.
    pub(crate) fn program() -> Self {
        Self {
            account: None,
            name: "recueil".to_owned(),
        }
    }

    /// Somebody who has no account yet, known by the e-mail address of their link.
    pub(crate) fn newcomer(email: &str) -> Self {
        Self {
            account: None,
            name: format!("<{email}>"),
        }
    }

    pub(crate) fn entry(
        &self,
        at: OffsetDateTime,
        action: &'static str,
        subject: impl Into<String>,
    ) -> NewAudit {
        NewAudit {
            at,
            account: self.account,
            actor: self.name.clone(),
            action,
            study: None,
            subject: subject.into(),
            before: None,
            after: None,
        }
    }
}

/// The right of somebody to do something in one study, as it stood when it was looked up. It cannot
/// be made outside this crate; whoever holds one has been checked.
#[derive(Debug, Clone)]
pub struct May<D: Deed> {
    study: StudyInfo,
    by: Actor,
    deed: PhantomData<fn() -> D>,
}

impl<D: Deed> May<D> {
    fn new(study: StudyInfo, by: Actor) -> Self {
        Self {
            study,
            by,
            deed: PhantomData,
        }
    }

    /// The study that it is about.
    #[must_use]
    pub fn study(&self) -> &StudyInfo {
        &self.study
    }

    /// Fails for what belongs to another study: to whoever holds this right, it does not exist.
    pub(crate) fn must_hold(&self, wave: &WaveInfo) -> Result<()> {
        if wave.study == self.study.slug {
            Ok(())
        } else {
            Err(ServiceError::UnknownWave(wave.slug.clone()))
        }
    }

    /// The account that holds it; nobody for the operator.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.by.account
    }

    pub(crate) fn id(&self) -> StudyId {
        self.study.id
    }

    pub(crate) fn entry(
        &self,
        at: OffsetDateTime,
        action: &'static str,
        subject: impl Into<String>,
    ) -> NewAudit {
        NewAudit {
            study: Some(self.study.id),
            ..self.by.entry(at, action, subject)
        }
    }
}

/// Whoever runs the program beside its database: they may do everything, as they could with the
/// database alone. Pages and the API never act as the operator; a test holds them to it.
#[derive(Debug, Clone, Copy)]
pub struct Operator(());

impl Services {
    /// The rights of whoever runs the program, for its command line and its start.
    #[must_use]
    pub fn operator(&self) -> Operator {
        Operator(())
    }
}

impl Team<'_> {
    /// The right to do something in a study.
    ///
    /// # Errors
    /// [`ServiceError::UnknownStudy`] if there is no such study or its name is none of theirs to
    /// know: both alike; [`ServiceError::Forbidden`] if they see the study and may not do that.
    pub async fn may<D: Deed>(&self, who: &SignedIn, study: &str) -> Result<May<D>> {
        let unknown = || ServiceError::UnknownStudy(study.to_owned());
        let found = self.0.studies().by_slug(study).await?;
        let members = self.0.store().members();
        // An unknown study costs what a foreign one does.
        let id = found
            .as_ref()
            .map_or(StudyId(uuid::Uuid::nil()), |it| it.id);
        let role = members.role(id, who.account.id).await?;
        let found = found.ok_or_else(unknown)?;
        let role = who.role_in(found.id, role).ok_or_else(unknown)?;
        if allows(role, D::ACTION) {
            Ok(May::new(found, Actor::of(who)))
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// The same for the operator, who may do everything.
    ///
    /// # Errors
    /// [`ServiceError::UnknownStudy`]
    pub async fn operator_may<D: Deed>(&self, _: &Operator, study: &str) -> Result<May<D>> {
        let found = self.0.studies().by_slug(study).await?;
        let found = found.ok_or_else(|| ServiceError::UnknownStudy(study.to_owned()))?;
        Ok(May::new(found, Actor::operator()))
    }

    /// The studies that somebody sees, by name, with their role in each.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn studies(&self, who: &SignedIn) -> Result<Vec<(StudyInfo, Role)>> {
        let roles = self.0.store().members().of_account(who.account.id).await?;
        let all = self.0.studies().every().await?;
        let theirs = all.into_iter().filter_map(|study| {
            let role = roles.iter().find(|it| it.0 == study.id).map(|it| it.1);
            let role = who.role_in(study.id, role)?;
            Some((study, role))
        });
        Ok(theirs.collect())
    }
}

impl SignedIn {
    /// The role in a study that counts: an administrator's is an owner's everywhere, and a token
    /// opens one study, with no more than its scope allows.
    fn role_in(&self, study: StudyId, role: Option<Role>) -> Option<Role> {
        let role = if self.account.is_administrator {
            Some(Role::Owner)
        } else {
            role
        };
        match &self.token {
            None => role,
            Some(token) if token.study != study => None,
            // Of two roles neither of which holds the other, the token gives what both allow; the
            // scopes offered are those that the role covers, so it is the scope.
            Some(token) => role
                .filter(|it| covers(*it, token.scope))
                .map(|_| token.scope),
        }
    }
}

/// Whether a role allows everything that another does.
pub(super) fn covers(role: Role, other: Role) -> bool {
    Action::ALL
        .into_iter()
        .all(|it| allows(role, it) || !allows(other, it))
}

#[cfg(test)]
mod tests {
    use super::{Action, allows, covers};
    use store::Role;

    /// A line for each role: what it allows, in the order of `Action::ALL`.
    #[test]
    fn the_table_of_rights() {
        let line = |role: Role| -> String {
            let marks = Action::ALL.map(|it| if allows(role, it) { 'x' } else { '.' });
            marks.into_iter().collect()
        };
        let table: Vec<String> = Role::ALL.into_iter().map(line).collect();
        assert_eq!(
            table,
            [
                "xxxxxxxxx", // owner
                "xx..xxx..", // organiser
                "xxxx.....", // analyst
                "x...x....", // correspondent
                "xx.......", // viewer
            ]
        );
        assert!(
            Role::ALL
                .into_iter()
                .all(|it| covers(Role::Owner, it) && covers(it, it))
        );
        assert!(!covers(Role::Viewer, Role::Analyst));
        assert!(!covers(Role::Organiser, Role::Analyst));
    }
}
