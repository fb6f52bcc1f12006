"""One run over many clients: rows of a table, a plan, a sample, the run itself, what it made, and the amendments of all.

    tables ─▶ rows ─ records (columns, cells) ─▶ jobs ─ planning ─▶ plan ─ running (work, proof, storage, state) ─▶ outcomes ─▶ report

Everything but ``storage`` and ``state`` is a function of values; the work of one client is one function (``work.made``), which any
``concurrent.futures.Executor`` may call: a pool of processes here, Dask's on a cluster.
"""
