"""The exchange of a sandbox: calls that the hotline places ring on this machine, and nowhere else."""
