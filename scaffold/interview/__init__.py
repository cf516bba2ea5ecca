"""The interview: questions as data, and answers from a person, a file, options or the environment."""
