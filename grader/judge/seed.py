"""The seed of a submission's inputs: the same whenever it is graded, and known to nobody without the secret."""

from __future__ import annotations

import hashlib
import hmac

from grader.model.submission import Submission


def grading_seed(secret: str, submission: Submission) -> str:
    """The submission's own seed: HMAC-SHA256 of its digest under the secret, 128 bits, in hex."""
    return hmac.new(secret.encode(), submission.digest.encode(), hashlib.sha256).hexdigest()[:32]
