"""Which ticket next: the parts and bounds of a rule, the choice, and its reason as a sentence (docs/rule.md)."""
