-- Teams in three levels, queues, and the staff with their memberships and accounts.

create table leaf as
select
    number,
    'T' || lpad((100 + number)::varchar, 3, '0') as team_id,
    ['web', 'web', 'social', 'voice', 'voice', 'expert'][number % 6 + 1] as work,
    case number
        when 0 then '网聊一组 Web Chat A'
        when 1 then '网聊二组 Web Chat B'
        when 2 then '社交媒体组 Social Care'
        when 3 then '热线东组 Hotline East'
        when 4 then '热线西组 Hotline West'
        when 5 then chosen('技术专家组 Technical Experts', '技术专家组 <b>Expert</b> & Escalations')
        else ['网聊', '网聊', '社交', '热线', '热线', '专家'][number % 6 + 1] || (number // 6 + 1)::varchar || '组 '
            || ['Web', 'Web', 'Social', 'Hotline', 'Hotline', 'Expert'][number % 6 + 1] || ' ' || number::varchar
    end as name
from range(getvariable('leaves')::bigint) as leaves (number);

create table team as
select * from (values
    ('T001', '海港客服中心 Harbour Desk', null, 'centre'),
    ('T010', '在线服务部 Online Service', 'T001', 'department'),
    ('T020', '热线部 Hotline', 'T001', 'department'),
    ('T030', '质检与专家部 Quality and Experts', 'T001', 'department'),
    ('T031', '质检组 Quality', 'T030', 'team')
) as upper_team (team_id, name, parent_team_id, kind)
union all
select
    team_id,
    name,
    case work when 'voice' then 'T020' when 'expert' then 'T030' else 'T010' end as parent_team_id,
    'team' as kind
from leaf;

-- Means in seconds; shares of the arriving contacts. The figures of an ordinary centre, then those of a hostile one.
create table queue as
with described as (
    select * from (values
        (1, 'web-service', '网页客服 Web service', 'web', 'normal', 'web', 0.50,
            [68.0, 0.70, 0.010, 34.0, 0.002, 0.003], [35.0, 0.35, 0.012, 38.0, 0.002, 0.003]),
        (2, 'web-orders', '网页订单 Web orders', 'web', 'normal', 'web', 0.25,
            [68.0, 0.70, 0.007, 30.0, 0.001, 0.001], [14.0, 0.60, 0.004, 16.0, 0.001, 0.001]),
        (3, 'app-service', '应用客服 In-app service', 'app', 'normal', 'web', 0.25,
            [74.0, 0.69, 0.009, 36.0, 0.002, 0.003], [55.0, 0.30, 0.014, 36.0, 0.002, 0.004]),
        (4, 'wechat-service', '微信客服 WeChat service', 'wechat', 'normal', 'social', 0.65,
            [74.0, 0.70, 0.011, 45.0, 0.002, 0.004], [95.0, 0.20, 0.025, 75.0, 0.004, 0.006]),
        (5, 'weibo-service', '微博客服 Weibo service', 'weibo', 'normal', 'social', 0.35,
            [80.0, 0.69, 0.009, 52.0, 0.003, 0.005], [240.0, 0.10, 0.060, 95.0, 0.010, 0.012]),
        (6, 'voice-service', '热线服务 Hotline service', 'voice', 'normal', 'voice', 0.70,
            [62.0, 0.72, 0.012, 42.0, 0.002, 0.004], [60.0, 0.30, 0.035, 52.0, 0.006, 0.010]),
        (7, 'voice-orders', chosen('热线订单 Hotline orders', '=HYPERLINK("热线订单") Hotline orders'), 'voice', 'normal', 'voice', 0.30,
            [68.0, 0.70, 0.009, 32.0, 0.001, 0.002], [18.0, 0.60, 0.010, 8.0, 0.002, 0.002]),
        (8, 'app-technical', '应用技术 In-app technical', 'app', 'technical', 'expert', 1.00,
            [76.0, 0.70, 0.012, 48.0, 0.002, 0.003], [80.0, 0.30, 0.020, 55.0, 0.003, 0.003]),
        (9, 'expert-desk', '专家台 Expert desk', null, 'expert', 'none', 0.00,
            [30.0, 0.40, 0.010, 40.0, 0.000, 0.000], [30.0, 0.40, 0.010, 40.0, 0.000, 0.000])
    ) as described (number, queue_id, name, channel, kind, work, share_of_work, ordinary, hostile)
)
select
    * exclude (ordinary, hostile),
    chosen(ordinary, hostile) as figure,
    figure[1]::double as mean_wait,
    figure[2]::double as share_without_wait,
    figure[3]::double as share_abandoned,
    figure[4]::double as mean_patience,
    figure[5]::double as share_left,
    figure[6]::double as share_blocked
from described;

create table person as
with numbered as (
    select
        number,
        case
            when number > getvariable('agents') then 'agent'
            when number <= getvariable('leaders') then 'leader'
            when number <= getvariable('leaders') + getvariable('reviewers') then 'reviewer'
            else 'agent'
        end as duty,
        -- 1, 2, 3, ... among those who serve customers: the stories below are told of these numbers.
        number - getvariable('leaders') - getvariable('reviewers') as ordinal
    from range(1, (getvariable('agents') + getvariable('former') + 1)::bigint) as people (number)
),
placed as (
    select
        *,
        number > getvariable('agents') as is_former,
        case
            when number > getvariable('agents') then ([0, 2, 2, 3, 4, 4])[(number - getvariable('agents') - 1) % 6 + 1]
            when duty = 'leader' then number - 1
            else greatest(ordinal - 1, 0)
        end % getvariable('leaves') as leaf_number
    from numbered
),
dated as (
    select
        *,
        case
            when is_former then getvariable('first_on')::date - 400 - (number * 13 % 300)::integer
            when duty = 'agent' and ordinal % 32 = 4 then day_at(0.2)
            when duty = 'agent' and ordinal % 32 = 15 then day_at(0.4)
            when duty = 'agent' and ordinal % 32 = 27 then day_at(0.6)
            when duty = 'agent' and ordinal % 32 in (11, 19) then getvariable('first_on')::date - 40
            else getvariable('first_on')::date - 120 - floor(u('hired', number) * 1400)::integer
        end as hired_on,
        case
            when is_former then getvariable('first_on')::date - 15 - ((number - getvariable('agents') - 1) * 43 % 290)::integer
            when duty = 'agent' and ordinal % 32 = 9 and getvariable('is_hostile') then day_at(0.45)
            when duty = 'agent' and ordinal % 32 = 22 then day_at(0.75)
        end as left_on
    from placed
)
select
    dated.*,
    'A' || lpad(dated.number::varchar, 4, '0') as agent_id,
    leaf.work,
    case when dated.duty = 'reviewer' then 'T031' else leaf.team_id end as team_id,
    case when dated.duty = 'agent' and dated.ordinal % 32 = 27 then 'trainee' else dated.duty end as role,
    case when dated.duty = 'agent' and dated.ordinal % 16 in (10, 13) then 'part' else 'full' end as employment,
    dated.duty = 'agent' and dated.ordinal % 32 in (4, 11, 15, 19, 27) as is_new,
    -- One agent of the hotline and one of the web chat work the night, over midnight and over the DST change.
    dated.duty = 'agent' and not dated.is_former and dated.ordinal in (5, 31) as is_night,
    case chosen(0, dated.ordinal)
        when 2 then '<script>alert("小明")</script>'
        when 3 then '=1+1 王芳'
        when 5 then '${x} {{y}} [a](javascript:1)'
        when 6 then '<img src=x onerror=alert(1)> 陈静'
        when 7 then '阿里 ' || chr(8238) || 'drowssap' || chr(8236) || ' Ali'
        when 8 then repeat('欧阳长名 Longname ', 14) || 'Ouyang'
        when 12 then 'O''Brien, "Pat"; drop table agents'
        else case when dated.number % 5 < 3
            then (['李', '王', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '马', '朱', '胡', '林', '郭'])[dated.number % 17 + 1]
                || (['伟', '芳', '娜', '敏', '静', '磊', '洋', '艳', '勇', '杰', '涛', '明', '霞'])[dated.number % 13 + 1]
                || ' ' || (['Wei', 'Fang', 'Na', 'Min', 'Jing', 'Lei', 'Yang', 'Yan', 'Yong', 'Jie', 'Tao', 'Ming', 'Xia'])[dated.number % 13 + 1]
                || ' ' || (['Li', 'Wang', 'Zhang', 'Liu', 'Chen', 'Yang', 'Zhao', 'Huang', 'Zhou', 'Wu', 'Xu', 'Sun', 'Ma', 'Zhu', 'Hu', 'Lin', 'Guo'])[dated.number % 17 + 1]
            else (['Emma', 'Jack', 'Olivia', 'Noah', 'Mia', 'Liam', 'Zoe', 'Ethan', 'Ruby', 'Lucas', 'Isla'])[dated.number % 11 + 1]
                || ' ' || (['Clarke', 'Nguyen', 'Murphy', 'Walker', 'Kelly', 'Taylor', 'Singh', 'Brown', 'Evans', 'Rossi', 'Petrov', 'Doyle', 'Reid'])[dated.number % 13 + 1]
            end
    end as name
from dated
inner join leaf on dated.leaf_number = leaf.number;

create table staff_version as
with first_version as (
    select
        *,
        case
            when is_new then 'new'
            when duty = 'agent' and work = 'voice' then 'voice'
            when duty = 'agent' and work = 'expert' then 'technical'
        end as segment,
        case
            when duty != 'agent' then null
            when work = 'voice' then 1
            when is_new or work = 'expert' then 4 + number % chosen(3, 4)
            -- In a hostile centre one in seven serves more at a time than he is set up for.
            else (chosen([8, 9, 10, 12, 8, 11, 10], [8, 9, 10, 12, 3, 14, 10]))[number % 7 + 1]
        end as max_concurrent
    from person
)
select
    number,
    agent_id,
    'P' || lpad(number::varchar, 5, '0') as person_id,
    -- Somebody marries: a name that holds from a day on, while the days before keep the old one.
    name,
    role,
    employment,
    case employment when 'part' then 0.5 else 1.0 end as fte,
    segment,
    max_concurrent,
    hired_on,
    left_on,
    case when left_on is not null
        then (['pay', 'career', 'family', 'relocation', 'night_shift', 'dismissed'])[number % 6 + 1] end as leave_reason,
    hired_on as valid_from
from first_version
union all by name
select * replace (name || ' (Ng)' as name, day_at(0.5) as valid_from)
from (
    select
        number, agent_id, 'P' || lpad(number::varchar, 5, '0') as person_id, name, role, employment, 1.0 as fte,
        segment, max_concurrent, hired_on, left_on, null::varchar as leave_reason, hired_on as valid_from
    from first_version
    where duty = 'agent' and not is_former and ordinal = 14
);

create table membership as
with home as (
    select
        person.*,
        -- Three movers per 32 agents change within their kind of work half-way.
        case when duty = 'agent' and not is_former and ordinal % 32 in (1, 16, 25) then day_at(0.5) end as moves_on
    from person
),
target as (
    select home.*, other.team_id as next_team_id
    from home
    left join leaf as other on other.number = case home.leaf_number % 6
        when 0 then home.leaf_number + 1 when 3 then home.leaf_number + 1 when 1 then home.leaf_number - 1
        when 4 then home.leaf_number - 1 else 0 end
)
select agent_id, team_id, hired_on as valid_from, coalesce(moves_on, left_on) as valid_to, true as is_home_team
from target
union all
select agent_id, next_team_id as team_id, moves_on as valid_from, left_on as valid_to, true as is_home_team
from target
where moves_on is not null
union all
-- Members of a second team count once in each and once above them.
select agent_id, next_team_id as team_id, hired_on as valid_from, left_on as valid_to, false as is_home_team
from target
where duty = 'agent' and moves_on is null and ordinal % 32 in (8, 20);

-- Extensions of the telephone exchange. When agent 22 has left, agent 28 takes over that extension.
create table account as
with own as (
    select agent_id, ordinal, is_former, left_on, 'SIP/' || (2000 + number)::varchar as account, hired_on
    from person
    where duty = 'agent' and work in ('voice', 'expert')
),
handed as (
    select heir.agent_id, leaver.account, leaver.left_on as valid_from
    from own as leaver
    inner join own as heir on leaver.ordinal = 22 and heir.ordinal = 28 and not leaver.is_former and not heir.is_former
)
select own.agent_id, own.account, own.hired_on as valid_from, handed.valid_from as valid_to
from own
left join handed on own.agent_id = handed.agent_id
union all
select agent_id, account, valid_from, null as valid_to
from handed;
