"""The typed data of an agreement: models, loading with places, rules between parts, JSON Schema."""
