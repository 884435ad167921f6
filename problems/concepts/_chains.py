"""The bank of derivations, by name."""

from partialcredit.problems.concepts import _chains_networks, _chains_optimizers

__all__ = ["CHAINS"]

CHAINS = {chain.name: chain for chain in (*_chains_optimizers.CHAINS, *_chains_networks.CHAINS)}
