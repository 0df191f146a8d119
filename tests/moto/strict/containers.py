"""ECS: a cluster cannot be deleted under its services, tasks or instances; a new service's tasks start; what is deleted is
described as INACTIVE and not listed any more, as DeleteService says in the API reference.
"""

from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend

from .hooks import Refusal, after, guard


def named(response: Any) -> Any:
    """The cluster that the call names, by name or ARN."""
    wanted = str(response._get_param("cluster", "default")).split("/")[-1]
    return response.ecs_backend.clusters.get(wanted)


@guard("ecs", "DeleteCluster")
def refuse_cluster_in_use(response: Any) -> None:
    """Active services first, then container instances, then running tasks, as the API lists its errors."""
    cluster, ecs = named(response), response.ecs_backend
    if cluster is None:
        return
    services = [
        s
        for s in ecs.services.values()
        if s.cluster_name == cluster.name and s.status != "INACTIVE"
    ]
    if services:
        raise Refusal(
            "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active.",
        )
    if ecs.container_instances.get(cluster.name):
        raise Refusal(
            "ClusterContainsContainerInstancesException",
            "The Cluster cannot be deleted while Container Instances are active or draining.",
        )
    tasks = ecs.tasks.get(cluster.name, {}).values()
    if any(task.last_status != "STOPPED" for task in tasks):
        raise Refusal(
            "ClusterContainsTasksException",
            "The Cluster cannot be deleted while Tasks are active.",
        )


@after("ecs", "CreateService")
def start_tasks(response: Any) -> None:
    """Plain moto leaves a new service's tasks pending for ever, and starts those of a changed one at once."""
    for service in response.ecs_backend.services.values():
        if service.pending_count > 0:
            service.running_count = service.desired_count
            service.pending_count = 0


def hide_inactive() -> None:
    """Leaves deleted clusters and services out of moto's listings, once a process."""
    clusters = EC2ContainerServiceBackend.list_clusters
    services = EC2ContainerServiceBackend.list_services

    def alive(all_of_them: dict[str, Any], arns: list[str]) -> list[str]:
        gone = {each.arn for each in all_of_them.values() if each.status == "INACTIVE"}
        return [arn for arn in arns if arn not in gone]

    def list_clusters(self: Any) -> list[str]:
        return alive(self.clusters, clusters(self))

    def list_services(self: Any, *args: Any, **more: Any) -> list[str]:
        return alive(self.services, services(self, *args, **more))

    EC2ContainerServiceBackend.list_clusters = list_clusters
    EC2ContainerServiceBackend.list_services = list_services
