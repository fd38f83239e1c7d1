"""撤回: each window's last step with what it changed, so that it can be taken back exactly (docs/tickets.md)."""
