//! What somebody of the team sees first: their studies, the waves of each, how many have answered.

use crate::team::{Action, SignedIn, allows};
use crate::{Result, Role, Services, StudyInfo, WaveInfo};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use store::{Revision, WaveId};
use tokio::sync::watch;

/// A study at a glance.
#[derive(Debug, Clone)]
pub struct StudyGlance {
    /// The study.
    pub study: StudyInfo,
    /// The role in it of whoever looks.
    pub role: Role,
    /// How many versions of its questionnaire are published.
    pub n_versions: usize,
    /// Its waves, by name; never rehearsals.
    pub waves: Vec<WaveGlance>,
}

/// A wave at a glance.
#[derive(Debug, Clone)]
pub struct WaveGlance {
    /// The wave.
    pub wave: WaveInfo,
    /// How many responses count, for those who may see results.
    pub n_responses: Option<u64>,
}

impl Services {
    /// The studies that somebody sees, by name, with their waves and, where they may see results, how many
    /// responses count.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn home(&self, who: &SignedIn) -> Result<Vec<StudyGlance>> {
        let store = self.store();
        let mut home = Vec::new();
        for (study, role) in self.team().studies(who).await? {
            let sees_results = allows(role, Action::ViewResults);
            let mut waves = Vec::new();
            for wave in store.waves().of_study(study.id).await? {
                let n_responses = match sees_results {
                    true => Some(store.admissibility().n_counted(wave.id).await?),
                    false => None,
                };
                let wave = self.waves().info(wave).await?;
                waves.push(WaveGlance { wave, n_responses });
            }
            let n_versions = store.versions().of_study(study.id).await?.len();
            home.push(StudyGlance {
                study,
                role,
                n_versions,
                waves,
            });
        }
        Ok(home)
    }

    /// News of the waves of which somebody sees the results.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn news_of(&self, home: &[StudyGlance]) -> Result<News> {
        let all = home.iter().flat_map(|it| &it.waves);
        let seen = all.filter(|it| it.n_responses.is_some());
        let mut waves = Vec::new();
        for id in seen.map(|it| it.wave.id).collect::<Vec<WaveId>>() {
            waves.push(self.store().watch(id).await?);
        }
        Ok(News { waves })
    }

    /// Whether the program is stopping, so that open event streams are to end.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.inner.hub.is_stopped()
    }
}

impl StudyGlance {
    /// Whether whoever looks may do something in it.
    #[must_use]
    pub const fn allows(&self, action: Action) -> bool {
        allows(self.role, action)
    }
}

/// Waits for changes of any of some waves.
#[derive(Debug, Default)]
pub struct News {
    waves: Vec<watch::Receiver<Revision>>,
}

impl News {
    /// Returns when the responses of one of them have changed, or one is gone; never if there are none. May be
    /// dropped while waiting; nothing is lost then.
    pub async fn changed(&mut self) {
        type Waiting<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
        let mut all: Vec<Waiting<'_>> = Vec::with_capacity(self.waves.len());
        for it in &mut self.waves {
            all.push(Box::pin(async move {
                // Of one that is gone there is no more news; whoever waits looks at everything anew.
                let _ = it.changed().await;
            }));
        }
        poll_fn(|context| {
            let mut all = all.iter_mut();
            match all.any(|it| it.as_mut().poll(context).is_ready()) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
    }
}
