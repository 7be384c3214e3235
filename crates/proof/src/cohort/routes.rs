//! Respondents drawn over routes: each route as likely as any other.

use num_bigint::BigUint;
use questionnaire::Sheet;

use crate::chance::Chance;
use crate::draw::Drawing;
use crate::prove::{Found, Proof};
use crate::routes::{Bound, Part};

/// Draws sheets whose routes are uniform over all routes.
pub struct RouteDrawing<'p, 'e> {
    proof: &'p mut Proof<'e>,
    /// Parts of the questionnaire, with how many cases each has.
    parts: Vec<(Part, BigUint)>,
    drawing: Drawing<'e>,
    seed: u64,
}

impl<'e> Proof<'e> {
    /// Prepares drawing over routes; `None` where they cannot be counted (see
    /// [`Proof::routes`]) or nobody can complete the questionnaire.
    pub fn route_drawing(&mut self, seed: u64) -> Option<RouteDrawing<'_, 'e>> {
        if self.can_be_completed != Some(true) {
            return None;
        }
        let parts = self.parts(Bound::Least)?.into_iter();
        let parts = parts.map(|it| {
            let count = it.count();
            (it, count)
        });
        let parts = parts.collect();
        let drawing = Drawing::new(self.engine(), seed);
        Some(RouteDrawing {
            proof: self,
            parts,
            drawing,
            seed,
        })
    }
}

impl RouteDrawing<'_, '_> {
    /// The nth sheet; `None` when no sheet was found on the route that was drawn.
    pub fn sheet(&mut self, nth: u64) -> Option<Sheet> {
        // A stream of its own: answers are drawn from the one of this number.
        let mut chance = Chance::new(self.seed ^ 0x5265_6375_6569_6c00, nth);
        let mut them = vec![self.proof.base];
        for (part, count) in &mut self.parts {
            let words = count.to_u64_digits().len() + 1;
            let digits: Vec<u32> = (0..2 * words)
                .map(|_| (chance.word() >> 32) as u32)
                .collect();
            // 64 bits more than are needed: no route is noticeably more likely than another.
            them.extend(part.nth(BigUint::new(digits) % &*count));
        }
        match self.proof.find(&them, |it| it.verdict(None).complete) {
            Found::Sheet(evaluation) => {
                let route = crate::realize::sheet_of(&evaluation);
                Some(self.drawing.along(&route, nth))
            }
            Found::None | Found::Open => None,
        }
    }
}
