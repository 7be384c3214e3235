use crate::entity::{contributor, draft};
use crate::write::{Tx, Write};
use crate::{
    Conflict, Contributor, ContributorId, ContributorState, Draft, DraftId, DraftState,
    NewContributor, Result, Store, StoreError,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

/// The states in which a link leads to its draft.
const ACTIVE: [ContributorState; 3] = [
    ContributorState::Offered,
    ContributorState::Joined,
    ContributorState::Finished,
];

/// People who hold a link into another's draft, reached through [`Store::contributors`].
#[derive(Debug)]
pub struct Contributors<'a>(pub(crate) &'a Store);

impl Contributors<'_> {
    /// Lets somebody into a draft.
    ///
    /// # Errors
    /// [`Conflict::DraftSubmitted`]; [`StoreError::NotFound`] if there is no such draft;
    /// [`StoreError::Refused`] if it has as many contributors as it may have.
    pub async fn add(&self, new: NewContributor) -> Result<()> {
        self.0.write(Add(new)).await
    }

    /// The contributors of a draft, in the order of what its holder calls them.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_draft(&self, draft: DraftId) -> Result<Vec<Contributor>> {
        let rows = contributor::Entity::find()
            .filter(contributor::COLUMN.draft_id.eq(draft))
            .order_by_asc(contributor::Column::Label)
            .order_by_asc(contributor::Column::Id)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Contributor::from).collect())
    }

    /// The contributor whose link's secret has this digest, and the draft, in whatever state both
    /// are.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_secret(&self, secret_hash: &str) -> Result<Option<(Contributor, Draft)>> {
        let found = contributor::Entity::find()
            .filter(contributor::COLUMN.secret_hash.eq(secret_hash))
            .find_also_related(draft::Entity)
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|(row, draft)| Some((row.into(), Draft::from(draft?)))))
    }

    /// Says what a contributor is called and how far they have come. `false` if their link leads
    /// nowhere any more.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn note(
        &self,
        id: ContributorId,
        name: Option<String>,
        state: ContributorState,
    ) -> Result<bool> {
        self.0.write(Note { id, name, state }).await
    }

    /// Takes a link of a draft back. What is being saved through it at this moment is refused.
    /// `false` if the draft has no such link that leads to it.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn withdraw(&self, draft: DraftId, id: ContributorId) -> Result<bool> {
        self.0.write(Withdraw { draft, id }).await
    }
}

/// After the submission of their draft: the link says so, and nothing is left of who they were.
pub(crate) async fn release(tx: &Tx<'_>, draft: DraftId) -> Result<()> {
    contributor::Entity::update_many()
        .set(contributor::ActiveModel {
            label: Set(String::new()),
            name: Set(None),
            pages: Set(String::new()),
            state: Set(ContributorState::Sent),
            ..Default::default()
        })
        .filter(contributor::COLUMN.draft_id.eq(draft))
        .exec(tx.db)
        .await?;
    Ok(())
}

struct Add(NewContributor);

impl Write for Add {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let new = &self.0;
        // Whoever submits or withdraws at this moment waits for this row, or this waits for them.
        let touched = draft::Entity::update_many()
            .col_expr(
                draft::Column::Revision,
                Expr::col(draft::Column::Revision).add(1),
            )
            .filter(draft::COLUMN.id.eq(new.draft))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .exec(tx.db)
            .await?;
        if touched.rows_affected != 1 {
            return Err(
                match draft::Entity::find_by_id(new.draft).one(tx.db).await? {
                    Some(_) => Conflict::DraftSubmitted.into(),
                    None => StoreError::NotFound("draft"),
                },
            );
        }
        let n_there = contributor::Entity::find()
            .filter(contributor::COLUMN.draft_id.eq(new.draft))
            .count(tx.db)
            .await?;
        if n_there >= new.at_most {
            let why = format!("a draft has at most {} contributors", new.at_most);
            return Err(StoreError::Refused(why));
        }
        contributor::Entity::insert(contributor::ActiveModel {
            id: Set(new.id),
            draft_id: Set(new.draft),
            secret_hash: Set(new.secret_hash.clone()),
            label: Set(new.label.clone()),
            name: Set(None),
            pages: Set(new.pages.join(" ")),
            state: Set(ContributorState::Offered),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct Note {
    id: ContributorId,
    name: Option<String>,
    state: ContributorState,
}

impl Write for Note {
    type Output = bool;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let mut change = contributor::ActiveModel {
            state: Set(self.state),
            ..Default::default()
        };
        if let Some(name) = &self.name {
            change.name = Set(Some(name.clone()));
        }
        let noted = contributor::Entity::update_many()
            .set(change)
            .filter(contributor::COLUMN.id.eq(self.id))
            .filter(contributor::COLUMN.state.is_in(ACTIVE))
            .exec(tx.db)
            .await?;
        Ok(noted.rows_affected == 1)
    }
}

struct Withdraw {
    draft: DraftId,
    id: ContributorId,
}

impl Write for Withdraw {
    type Output = bool;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        // Before the link, in the order in which `Add` and a submission take the rows.
        draft::Entity::update_many()
            .col_expr(
                draft::Column::Revision,
                Expr::col(draft::Column::Revision).add(1),
            )
            .filter(draft::COLUMN.id.eq(self.draft))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .exec(tx.db)
            .await?;
        let withdrawn = contributor::Entity::update_many()
            .set(contributor::ActiveModel {
                state: Set(ContributorState::Withdrawn),
                ..Default::default()
            })
            .filter(contributor::COLUMN.id.eq(self.id))
            .filter(contributor::COLUMN.draft_id.eq(self.draft))
            .filter(contributor::COLUMN.state.is_in(ACTIVE))
            .exec(tx.db)
            .await?;
        Ok(withdrawn.rows_affected == 1)
    }
}

impl From<contributor::Model> for Contributor {
    fn from(row: contributor::Model) -> Self {
        Self {
            id: row.id,
            draft: row.draft_id,
            label: row.label,
            name: row.name,
            pages: row
                .pages
                .split(' ')
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
            state: row.state,
        }
    }
}
