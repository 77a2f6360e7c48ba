"""From the single source of a day to what students get, and the proof that a course is sound."""
