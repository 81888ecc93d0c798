# bash completion for restartcaster
_restartcaster() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=''
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W 'list status restart start stop wait call sign explain doctor completion help version --help --version' -- "$word"))
        return
    fi
    case ${COMP_WORDS[1]} in
    list)
        words=' --watch --every --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --every) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    status)
        words=' --watch --every --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --every) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    restart)
        words=' --wait --verify --dry-run --no-look --yes --pace --budget --deadline --stop-after --audit --at --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --method --format --retry --help'
        case $before in
        --pace) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --budget) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --deadline) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --stop-after) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --audit) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --at) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --method) COMPREPLY=($(compgen -W 'get post post-query' -- "$word")); return ;;
        --format) COMPREPLY=($(compgen -W 'json xml' -- "$word")); return ;;
        --retry) COMPREPLY=($(compgen -W 'certain at-most-once' -- "$word")); return ;;
        esac
        ;;
    start)
        words=' --pace --budget --deadline --stop-after --audit --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --pace) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --budget) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --deadline) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --stop-after) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --audit) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    stop)
        words=' --yes --pace --budget --deadline --stop-after --audit --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --pace) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --budget) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --deadline) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --stop-after) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --audit) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    wait)
        words=' --until --pace --budget --deadline --stop-after --audit --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --until) COMPREPLY=($(compgen -W 'on-air idle' -- "$word")); return ;;
        --pace) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --budget) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --deadline) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --stop-after) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --audit) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    call)
        words=' --version --query --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --method --help'
        case $before in
        --version) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --query) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --method) COMPREPLY=($(compgen -W 'get post post-query' -- "$word")); return ;;
        esac
        ;;
    sign)
        words=' --signature --show --method --endpoint --nonce --timestamp --format --raw --help'
        case $before in
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --show) COMPREPLY=($(compgen -W 'headers url form canonical canonical-request string-to-sign signature authorization json' -- "$word")); return ;;
        --method) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --nonce) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --timestamp) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --format) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        esac
        ;;
    explain)
        words=' --ours --method --signature --json --help'
        case $before in
        --ours) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --method) COMPREPLY=($(compgen -W 'get post post-query' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        esac
        ;;
    doctor)
        words=' --json --region --endpoint --profile --signature --timeout --attempts --ca-file --insecure-http --help'
        case $before in
        --region) COMPREPLY=($(compgen -W 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1' -- "$word")); return ;;
        --endpoint) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --profile) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --signature) COMPREPLY=($(compgen -W 'rpc-1.0 acs3' -- "$word")); return ;;
        --timeout) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --attempts) COMPREPLY=($(compgen -W '' -- "$word")); return ;;
        --ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        ;;
    completion)
        words='bash zsh fish --help'
        ;;
    help)
        words='list status restart start stop wait call sign explain doctor completion help version --help'
        ;;
    version)
        words=' --help'
        ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _restartcaster restartcaster
