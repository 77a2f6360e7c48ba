"""Descent under nbgrader: plain nbgrader commands, the verdict ours.

`init` writes a course folder whose nbgrader_config.py names the other modules' classes as import strings:

    master      source/dayNN from solutions/dayNN: solution cells, a locked check cell a task, questions with rubric
    release     stubs in place of solutions; a scan for leaks at the end
    repair      a submitted notebook, rebuilt on the cells that were released
    grade       the judge in place of nbgrader's Execute
    feedback    rubrics and checks stay out of what students get back
    collect     submissions without a notebook get the released one beside them
    parallel    many students at a time, one writer to the gradebook
    export      the gradebook's scores as CSV, or in a sheet downloaded from Canvas or Moodle
"""
