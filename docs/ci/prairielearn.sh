#!/usr/bin/env bash
# PrairieLearn: the entrypoint of an external grader whose image is built from the Dockerfile beside this file.
set -u
grade=${GRADE_ROOT:-/grade}
mkdir -p "$grade/results"
cd "${GRADER_COURSE:-/opt/course}" || exit 70
exec grader score "$grade/student" --day "$DAY" --course . --to prairielearn --out "$grade/results/results.json"
