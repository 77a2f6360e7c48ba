"""A worker for the tests of the walls: runs the Python it is sent, and answers with what that calls `result`.

Each message is a line of JSON. It stands where `grader/judge/worker.py` does, in the same clean process.
"""

import json
import socket
import traceback


def serve(connection: socket.socket, *, scratch: str) -> None:
    with connection.makefile("rw", encoding="utf-8") as stream:
        for line in stream:
            names = {"scratch": scratch, "connection": connection}
            try:
                exec(json.loads(line), names)
                answer = {"result": names.get("result")}
            except Exception as problem:
                answer = {"error": type(problem).__name__, "text": str(problem), "trace": traceback.format_exc()}
            stream.write(json.dumps(answer, default=str) + "\n")
            stream.flush()
