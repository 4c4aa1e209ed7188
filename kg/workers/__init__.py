"""Work in processes of its own, which can be ended at any moment: a pool of them, and what runs inside one.

An engine cannot be interrupted from Python, and some queries end its process (memory, depth). So whoever
serves others holds no engine: each job runs in a worker process, one at a time, under a deadline and a cap
on memory, and a worker that is lost costs its own job only.
"""
