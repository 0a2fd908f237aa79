//! Groups of names are the same whether the optimizer forms them by number or each row is named.

use crate::context::{optimized, plain, rows, sorted};

#[tokio::test]
async fn the_groups_are_those_of_the_names() {
    let (optimized, plain) = (optimized(), plain());
    for query in [
        "select port_service(port, number), sum(bytes), count(*) from some_ports group by 1",
        "select port_service(port, number) as service, sum(bytes) from some_ports group by service",
        "select sum(bytes) from some_ports group by port_service(port, keyword, 'common')",
        "select upper(port_service(port, number)), sum(bytes) from some_ports group by port_service(port, number)",
        "select port_service(port, number) as service, port_range(port) as range, avg(bytes), min(port) from some_ports group by 1, 2",
        "select flow_service(port, other, number) as service, number, max(bytes) from some_ports group by 1, 2",
        "select port_label(port, number), count(*) from some_ports group by 1",
        "select port_status(port, keyword), count(*) from some_ports group by 1",
        "select distinct port_service(port, number) from some_ports",
        "select distinct port_service(port, number), port_status(port, number) from some_ports",
        "select count(distinct port_service(port, number)) from some_ports",
        "select count(port_service(port, number)), count(distinct port_label(port, number)), sum(bytes) from some_ports",
        "select number, count(distinct port_service(port, number)) from some_ports group by number",
        "select port_service(port, number) as service, count(*) from some_ports group by service having count(*) > 2 and service like 's%'",
        "select port_service(port, number), port_service_number(port, number), count(*) from some_ports group by 1, 2",
        "select service, sum(bytes) from (select port_service(port, number) as service, bytes from some_ports) as named group by service",
        "select service, sum(twice) from (select port_service(port, number, 'common') as service, bytes * 2 as twice from some_ports where bytes > 10) as named group by service",
        "select named.service, count(*) from (select other, port_service(port, number) as service from some_ports) as named where named.service <> 'https' group by named.service",
        "select service, count(*) from (select * from (select port_service(port, number) as service, port from some_ports) as inner_one) as outer_one group by service",
        "with named as (select port_service(port, number) as service, bytes from some_ports) select service, sum(bytes), rank() over (order by sum(bytes)) from named group by service",
        "select port_service(port, number), port_range(port), count(*) from some_ports group by rollup (port_service(port, number), port_range(port))",
        "select port_service(port, number), count(*) from some_ports group by grouping sets ((port_service(port, number)), ())",
        "select min(service) from (select port_service(port, number) as service from some_ports group by 1) as names",
        "select service from (select port_service(port, number) as service, count(*) as often from some_ports group by 1) as counted order by often desc, service limit 5",
        "select port_service(port, number) from some_ports group by port_service(port, number), number union all select 'x'",
        "select max(port_service(port, number)), min(port_label(port, number)) from some_ports",
        "select array_length(array_agg(distinct port_status(port, number))) from some_ports",
        "select case when port_service(port, number) = 'https' then 'web' else 'other' end as kind, count(*) from some_ports group by kind",
        "select a, b, count(*) from (select port_service(port, number) as a, port_service(port, number) as b from some_ports) as twice group by a, b",
        "select service, port_service(port, number), count(*) from (select *, port_service(port, number) as service from some_ports) as named group by 1, 2",
        "select count(port_service(port, number)), count(port_service_number(port, number)) from some_ports",
        "select service, count(service), count(port_service(port, number)) from (select *, port_service(port, number) as service from some_ports) as named group by service",
        "select case when port_service(port, number) = 'https' then 1 else 2 end as kind, count(*) from some_ports group by rollup (case when port_service(port, number) = 'https' then 1 else 2 end)",
        "select max(kind) from (select case when port_service(port, number) = 'https' then port else 0 end as kind from some_ports) as kinds",
        "select (select count(*) from some_ports where port_service(port, number) = 'https') as web, (select max(service) from (select port_service(port, number) as service, count(*) from some_ports group by 1) as names) as last",
        "select service, count(*) from (select port_service(one.port, one.number) as service from some_ports one join some_ports other on one.port = other.port) as joined group by service",
        "select service, count(*) from (select port_service(port, number) as service from some_ports union all select port_label(other, number) from some_ports) as both group by service",
    ] {
        assert_eq!(
            sorted(&optimized, query).await,
            sorted(&plain, query).await,
            "{query}"
        );
    }
}

/// The order of the rows counts, too.
#[tokio::test]
async fn groups_can_be_ordered_by_name() {
    let (optimized, plain) = (optimized(), plain());
    for query in [
        "select port_service(port, number) as service, count(*) from some_ports group by service order by service desc nulls last",
        "select port_service(port, number) as service from some_ports group by service order by sum(bytes), service limit 20",
        "select service, bytes from (select port_service(port, number) as service, bytes from some_ports) as named \
         where service like 'h%' order by service, bytes limit 30",
    ] {
        assert_eq!(
            rows(&optimized, query).await,
            rows(&plain, query).await,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_view_is_grouped_as_its_table() {
    let view =
        "create view flows as select *, port_service(port, number) as service from some_ports";
    let query = "select service, sum(bytes) from flows group by service";
    let mut answers = vec![];
    for context in [optimized(), plain()] {
        crate::context::sorted(&context, view).await;
        answers.push(sorted(&context, query).await);
    }
    assert_eq!(answers[0], answers[1]);
}
