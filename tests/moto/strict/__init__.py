"""moto's server with the refusals that AWS has and plain moto lacks.

Every module states one family of rules. Rules are attached to the API operation, not to moto's models, so that moto's own
internal deletions (a stack's parts, a VPC's default group) run as they always did.

    hooks          where a rule is hung on an operation
    dry_run        DryRun=true answers DryRunOperation and changes nothing
    groups         security groups in use cannot be deleted
    network        subnets, VPCs, gateways, interfaces and addresses in use cannot be deleted
    instances      an instance's own interface goes with it
    identity       IAM's DeleteConflict
    containers, balancers, databases
    actions        what the rules of load balancers may do, and what answers tell of it
    paging         page sizes and tokens for the listings that moto answers whole
    ids_or_pages   ids and a page size exclude each other
    filters        filters of listings that moto lacks
    absent         empty lists of what can't be made in moto
    bucket_parts   what S3 has and moto takes for the bucket itself
    stacks         parts of stacks that moto's CloudFormation lacks
    enforcement    IAM's names of actions, and the region of a call, where a test asks for IAM to be enforced
    journal        a line for each call and its answer
    unimplemented  501 in the caller's protocol instead of an HTML page

Known gaps: no state delays, no throttling, no eventual consistency; CloudFormation deletes a stack's parts without asking
these rules.
"""
