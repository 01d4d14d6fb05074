//! Who gets which place: the assignment with the highest worth.
//!
//! One seeker after the other is let in by the cheapest way to do so. A way ends at a free place, or where somebody gives
//! theirs up for good; on the way people move from one host to another. Hosts have prices, and what a step costs is what
//! whoever moves loses by it at these prices. Prices rise no further than they must, so no step ever costs less than
//! nothing, a shortest path is a cheapest way, and what has been assigned after each seeker is the best for all so far
//! (successive shortest paths). The paths are those of Dijkstra's algorithm, which `pathfinding` has.
//!
//! Why not its `kuhn_munkres`: docs/decisions/0038.

use std::iter::{once, repeat_n};

use pathfinding::prelude::{DijkstraReachableItem, dijkstra_reach};

/// A host that a seeker could go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    /// Which one, by its place in the list of hosts.
    pub(super) host: usize,
    /// What it is worth, above 0.
    pub(super) worth: i64,
}

/// The host of every guest, so that the worth of all together is the highest there is and no host has more guests than
/// places.
///
/// Sums of two worths have to fit into their type. Whoever of guests and places is fewer does the seeking: where many
/// compete for few places, most of them would search in vain.
pub(super) fn assigned(offers: Vec<Vec<Offer>>, places: &[usize]) -> Vec<Option<usize>> {
    let guests = offers.len();
    let all_places = places.iter().copied().fold(0, usize::saturating_add);
    if guests <= all_places {
        let market = Market { seekers: (0..guests).collect(), offers, places: places.to_vec() };
        return market.settled();
    }
    // A place is a seeker, and every guest has room for one.
    let seekers: Vec<_> = (0..).zip(places).flat_map(|(host, places)| repeat_n(host, *places)).collect();
    let market =
        Market { offers: turned(&offers, places.len()), seekers: seekers.clone(), places: vec![1; guests] };
    let mut hosts = vec![None; guests];
    for (host, guest) in seekers.into_iter().zip(market.settled()) {
        if let Some(of_guest) = guest.and_then(|guest| hosts.get_mut(guest)) {
            *of_guest = Some(host);
        }
    }
    hosts
}

/// The same offers, seen from the hosts.
fn turned(offers: &[Vec<Offer>], hosts: usize) -> Vec<Vec<Offer>> {
    let mut turned = vec![Vec::new(); hosts];
    for (guest, offers) in offers.iter().enumerate() {
        for offer in offers {
            if let Some(of_host) = turned.get_mut(offer.host) {
                of_host.push(Offer { host: guest, worth: offer.worth });
            }
        }
    }
    turned
}

/// Who seeks what.
struct Market {
    /// Lists of offers. Seekers may share one: the places of one mentor are as good as each other.
    offers: Vec<Vec<Offer>>,
    /// Of every seeker, which list is theirs.
    seekers: Vec<usize>,
    /// How many seekers each host takes.
    places: Vec<usize>,
}

/// A market while seekers are let in.
struct Settling<'a> {
    market: &'a Market,
    /// What a place costs at each host; nothing while one is free.
    prices: Vec<i64>,
    /// The seekers that each host has taken.
    guests: Vec<Vec<usize>>,
    /// The offer that each seeker has got.
    got: Vec<Option<Offer>>,
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stop {
    /// To a seeker who needs a place.
    Seeker(usize),
    /// To a host who is to take somebody.
    Host(usize),
    /// To where nobody is left who needs one.
    End,
}

type Way = Vec<DijkstraReachableItem<Stop, i64>>;

impl Market {
    fn settled(&self) -> Vec<Option<usize>> {
        let mut settling = Settling {
            market: self,
            prices: vec![0; self.places.len()],
            guests: vec![Vec::new(); self.places.len()],
            got: vec![None; self.seekers.len()],
        };
        for newcomer in 0..self.seekers.len() {
            let way = settling.cheapest_way(newcomer);
            settling.raise_prices(&way);
            settling.go(&way);
        }
        settling.got.into_iter().map(|offer| offer.map(|offer| offer.host)).collect()
    }

    fn offers(&self, seeker: usize) -> &[Offer] {
        self.seekers.get(seeker).and_then(|list| self.offers.get(*list)).map_or(&[], Vec::as_slice)
    }
}

impl Settling<'_> {
    /// What is left of an offer at its host's price.
    fn gain(&self, offer: Offer) -> i64 {
        offer.worth.saturating_sub(self.prices.get(offer.host).copied().unwrap_or(0))
    }

    /// What was reached, the nearest first, until the way ends.
    fn cheapest_way(&self, newcomer: usize) -> Way {
        let gains = self.market.offers(newcomer).iter().map(|offer| self.gain(*offer));
        let hoped_for = gains.max().unwrap_or(0).max(0);
        // To be left without anything costs what was hoped for, so no step that costs more can be on the cheapest way.
        let steps = |stop: &Stop| {
            let mut steps = self.steps(*stop, (newcomer, hoped_for));
            steps.retain(|(_, cost)| *cost <= hoped_for);
            steps
        };
        let mut way = Vec::new();
        for reached in dijkstra_reach(&Stop::Seeker(newcomer), steps) {
            let ends = reached.node == Stop::End;
            way.push(reached);
            if ends {
                break;
            }
        }
        way
    }

    /// Where it goes on from a stop, and what each step costs.
    fn steps(&self, stop: Stop, (newcomer, hoped_for): (usize, i64)) -> Vec<(Stop, i64)> {
        match stop {
            Stop::Seeker(seeker) => {
                let has = self.got.get(seeker).copied().flatten().map(|offer| self.gain(offer));
                let has = if seeker == newcomer { hoped_for } else { has.unwrap_or(0) };
                let move_to = |offer: &Offer| (Stop::Host(offer.host), has.saturating_sub(self.gain(*offer)));
                self.market.offers(seeker).iter().map(move_to).chain(once((Stop::End, has))).collect()
            }
            Stop::Host(host) => {
                let guests = self.guests.get(host).map_or(&[][..], Vec::as_slice);
                let places = self.market.places.get(host).copied().unwrap_or(0);
                if guests.len() < places {
                    vec![(Stop::End, 0)]
                } else {
                    guests.iter().map(|guest| (Stop::Seeker(*guest), 0)).collect()
                }
            }
            Stop::End => Vec::new(),
        }
    }

    /// Makes every host that was nearer than the end dearer by the difference, so that all steps of the way cost nothing
    /// and none costs less.
    fn raise_prices(&mut self, way: &Way) {
        let end = way.last().map_or(0, |end| end.total_cost);
        for reached in way {
            if let Stop::Host(host) = reached.node
                && let Some(price) = self.prices.get_mut(host)
            {
                *price = price.saturating_add(end.saturating_sub(reached.total_cost));
            }
        }
    }

    /// Moves everybody on the way by one stop, the last one first.
    fn go(&mut self, way: &Way) {
        let mut next = Stop::End;
        for reached in way.iter().rev() {
            if reached.node == next
                && let Some(from) = reached.parent
            {
                self.go_one_step(from, next);
                next = from;
            }
        }
    }

    fn go_one_step(&mut self, from: Stop, to: Stop) {
        match (from, to) {
            (Stop::Seeker(seeker), Stop::Host(host)) => {
                let offer = self.market.offers(seeker).iter().find(|offer| offer.host == host).copied();
                self.set(seeker, offer);
                if let Some(guests) = self.guests.get_mut(host) {
                    guests.push(seeker);
                }
            }
            (Stop::Host(host), Stop::Seeker(seeker)) => {
                if let Some(guests) = self.guests.get_mut(host) {
                    guests.retain(|guest| *guest != seeker);
                }
            }
            (Stop::Seeker(seeker), _) => self.set(seeker, None),
            _ => {}
        }
    }

    fn set(&mut self, seeker: usize, offer: Option<Offer>) {
        if let Some(got) = self.got.get_mut(seeker) {
            *got = offer;
        }
    }
}

#[cfg(test)]
mod tests {
    use pathfinding::prelude::{Matrix, kuhn_munkres};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Rows of guests with what each host is worth to them; 0 is no offer.
    fn offers(rows: &[Vec<i64>]) -> Vec<Vec<Offer>> {
        let offers = |row: &Vec<i64>| {
            let all = (0..).zip(row).map(|(host, worth)| Offer { host, worth: *worth });
            all.filter(|offer| offer.worth > 0).collect()
        };
        rows.iter().map(offers).collect()
    }

    fn worth(rows: &[Vec<i64>], hosts: &[Option<usize>]) -> i64 {
        rows.iter().zip(hosts).filter_map(|(row, host)| host.map(|host| row[host])).sum()
    }

    /// The same by `kuhn_munkres`: places are rows, and beside the guests each has a column of its own to stay free in.
    fn known_best(rows: &[Vec<i64>], places: &[usize]) -> i64 {
        let of_places: Vec<_> =
            (0..).zip(places).flat_map(|(host, places)| repeat_n(host, *places)).collect();
        if of_places.is_empty() {
            return 0;
        }
        let columns = rows.len() + of_places.len();
        let at = |(place, column): (usize, usize)| rows.get(column).map_or(0, |row| row[of_places[place]]);
        kuhn_munkres(&Matrix::from_fn(of_places.len(), columns, at)).0
    }

    #[test]
    fn the_best_for_all_is_not_the_best_for_each() {
        let rows = [vec![9, 8], vec![9, 2]];
        assert_eq!(assigned(offers(&rows), &[1, 1]), [Some(1), Some(0)]);
        // The same with one place for both.
        assert_eq!(assigned(offers(&[vec![8], vec![9]]), &[1]), [None, Some(0)]);
    }

    #[test]
    fn more_pairs_are_no_aim_by_themselves() {
        // One for 10 beats two for 4 and 5.
        let rows = [vec![10, 4], vec![5, 0]];
        assert_eq!(assigned(offers(&rows), &[1, 1]), [Some(0), None]);
    }

    #[test]
    fn somebody_gives_way_to_many() {
        let rows = [vec![7, 6, 0], vec![7, 0, 6], vec![7, 0, 0]];
        assert_eq!(assigned(offers(&rows), &[1, 1, 1]), [Some(1), Some(2), Some(0)]);
        assert_eq!(assigned(offers(&rows), &[2, 1, 0]), [Some(1), Some(0), Some(0)]);
    }

    #[test]
    fn without_anybody_there_is_nothing() {
        assert_eq!(assigned(Vec::new(), &[]), []);
        assert_eq!(assigned(Vec::new(), &[2]), []);
        assert_eq!(assigned(vec![Vec::new()], &[]), [None]);
        assert_eq!(assigned(offers(&[vec![3]]), &[0]), [None]);
    }

    proptest! {
        // Wrong prices show in one of some hundred cases only.
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Many ties, more places than guests and fewer, hosts without places, guests without offers.
        #[test]
        fn nothing_is_worth_more_than_what_was_assigned(
            (rows, places) in (0_usize..9).prop_flat_map(|hosts| {
                (vec(vec(0_i64..12, hosts), 0..40), vec(0_usize..6, hosts))
            })
        ) {
            let hosts = assigned(offers(&rows), &places);
            prop_assert_eq!(hosts.len(), rows.len());
            for (host, places) in places.iter().enumerate() {
                prop_assert!(hosts.iter().filter(|of_guest| **of_guest == Some(host)).count() <= *places);
            }
            for (row, host) in rows.iter().zip(&hosts) {
                prop_assert!(host.is_none_or(|host| row[host] > 0));
            }
            prop_assert_eq!(worth(&rows, &hosts), known_best(&rows, &places));
        }
    }
}
