"""Problems for people who evaluate and train models: questions, rewards, sets, adapters."""
