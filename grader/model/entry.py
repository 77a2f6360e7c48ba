"""What every part of a record is."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A part of a record; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)
