"""`grader watch`: checks a day again whenever its file is saved, the task at hand first."""
