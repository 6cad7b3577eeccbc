"""The Python half of pcp-export: turns a PyTorch module into StableHLO text, a manifest and weights."""
