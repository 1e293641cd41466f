"""What a text names: times, states, people, organisations and places, each with its offsets."""
