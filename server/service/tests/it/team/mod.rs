//! The team: signing in, rights.

#[cfg(feature = "passkeys")]
mod device;
mod own_study;
#[cfg(feature = "passkeys")]
mod passkeys;
mod rights;
mod signing_in;

use service::team::{ManageMembers, Opened, SignedIn, Visitor};
use service::{Role, Services};

use crate::fixture::Site;

pub(crate) const GOOD: &str = "vélo mauve sous la pluie";
pub(crate) const OTHER: &str = "bruine-clavier-orge-59";

pub(crate) fn visitor(address: &str) -> Visitor {
    Visitor {
        address: address.to_owned(),
        agent: "Navigateur".to_owned(),
        former: None,
    }
}

/// A site with its administrator.
pub(crate) async fn administered(site: &Site) -> (Services, Opened) {
    let services = site.open().await;
    let team = services.team();
    let link = team
        .first_link(&services.operator())
        .await
        .unwrap()
        .unwrap();
    let admin = team
        .join(&link, "Admin@Exemple.fr ", "Ada", GOOD, &visitor("a"))
        .await
        .unwrap();
    (services, admin)
}

/// Somebody with an account, and a role in the built-in study if one is given.
pub(crate) async fn somebody(services: &Services, email: &str, role: Option<Role>) -> SignedIn {
    let (team, operator) = (services.team(), services.operator());
    team.add(&operator, email, "Bruno", OTHER, false)
        .await
        .unwrap();
    if let Some(role) = role {
        let may = team
            .operator_may::<ManageMembers>(&operator, "qpv-cls")
            .await
            .unwrap();
        team.add_member(&may, email, role).await.unwrap();
    }
    team.sign_in(email, OTHER, &visitor(email))
        .await
        .unwrap()
        .who
}
