"""Kills the daemon at random moments, again and again, with fifty jobs at hand."""

import random
import time

from harness import check
from ledger import Ledger
from roots import Root
from twins import expect_failure, without

JOBS = 50


class Batch:
    """Fifty jobs of which the last one is still to be done."""

    def __init__(self, root, number, chance):
        self.ledger = Ledger(root)
        for index in range(JOBS):
            name = f"b{number}-{index}"
            fake = f"sleep {chance.choice([0, 0, 0, 20, 60])}"
            if index % 10 == 9:
                self.ledger.folder(name, "fail job", succeeds=False)
            elif index % 3:
                self.ledger.flat(name, fake)
            else:
                self.ledger.folder(name, fake)


def is_done(root):
    return len(root.results()) >= JOBS


def settle(root, batch):
    """Lets the batch end undisturbed, checks it and takes its results away."""
    root.finish()
    batch.ledger.check_end()
    for name in root.results():
        root.discard(name)


def rounds(count, seed, environment=None):
    """So many kills, at moments that `seed` decides; also the number of batches."""
    chance = random.Random(seed)
    with Root({"executor": "{local: {workers: 2}}"}, environment=environment) as root:
        number = 0
        batch = Batch(root, number, chance)
        for _ in range(count):
            root.start()
            time.sleep(chance.uniform(0.005, 0.35))
            root.kill()
            batch.ledger.check_now()
            if is_done(root):
                settle(root, batch)
                number += 1
                batch = Batch(root, number, chance)
        settle(root, batch)
        return count, f"{JOBS * (number + 1)} jobs, seed {seed}"


@check("a daemon killed at random moments makes every healthy job a success, once")
def random_kills(scope):
    return rounds(500 if scope.full else 40, scope.seed)


@check("random kills are noticed to harm a daemon that does not record that a job is sealed")
def random_kills_without_records(scope):
    return expect_failure("unsealed-record", lambda twin: rounds(200, scope.seed, twin))


@check("kills do no more harm where the file system cannot refuse to replace, as NFS cannot")
def random_kills_with_plain_renames(scope):
    return rounds(100 if scope.full else 10, scope.seed, without("plain-renames"))


@check("such kills are noticed to harm a daemon that does not record that a job is sealed", True)
def random_kills_with_plain_renames_without_records(scope):
    return expect_failure(
        "plain-renames,unsealed-record", lambda twin: rounds(200, scope.seed, twin))
