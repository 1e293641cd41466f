"""The trained detector: one small encoder that reads sentences in their context and says what they tell."""
