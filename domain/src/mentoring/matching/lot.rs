//! What decides between equals.

use sha2::{Digest, Sha256};

use crate::kernel::{EmployeeId, MentorId, TypedId};

/// The lot that a mentee and a mentor draw, below 2 to the power of 32 and always the same.
///
/// Ids grow with time, so the lower one would always favor whoever was there first. A digest of both favors nobody, and
/// unlike the hashes of the standard library it stays what it is.
pub(super) fn lot(mentee: EmployeeId, mentor: MentorId) -> u32 {
    let digest = Sha256::new().chain_update(mentee.uuid()).chain_update(mentor.uuid()).finalize();
    digest.iter().take(4).fold(0, |lot, byte| (lot << 8) | u32::from(*byte))
}
