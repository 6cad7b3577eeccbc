"""A Ray cluster of several nodes on 127.0.0.1, which ends with its standard input.

Prints the cluster's address and the ids of the nodes that take workers as one JSON line, then obeys lines:
`kill <node id>` ends a node as a power cut would.
"""

import json
import os
import sys

os.environ.update(
    RAY_USAGE_STATS_ENABLED="0",
    # A dead node is noticed after 2 seconds instead of 15.
    RAY_health_check_initial_delay_ms="0",
    RAY_health_check_period_ms="500",
    RAY_health_check_failure_threshold="4",
)

from ray.cluster_utils import Cluster  # noqa: E402

MEMORY = {"object_store_memory": 80 * 1024 * 1024, "node_ip_address": "127.0.0.1"}


def main():
    nodes = int(sys.argv[1])
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 0, "include_dashboard": False, **MEMORY},
    )
    try:
        workers = [
            cluster.add_node(num_cpus=1, resources={"slot": 1}, **MEMORY) for _ in range(nodes)
        ]
        cluster.wait_for_nodes()
        ids = {node.node_id: node for node in workers}
        print(json.dumps({"address": cluster.address, "nodes": list(ids)}), flush=True)
        for line in sys.stdin:
            verb, _, node = line.strip().partition(" ")
            if verb == "kill":
                cluster.remove_node(ids[node], allow_graceful=False)
                print(json.dumps({"killed": node}), flush=True)
    finally:
        cluster.shutdown()


main()
