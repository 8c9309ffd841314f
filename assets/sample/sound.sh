# Sourced by make-sample: every sound of the programme, made from nothing but arithmetic, noise and espeak-ng.
# Each maker writes a mono file of its own; all_sounds puts them in their places.
# shellcheck shell=bash

sound_rate=44100

seconds() { awk "BEGIN { printf \"%.3f\", $1 }"; }

# synthesise FILE GRAPH: the sound of a filter graph that has no input.
synthesise() { ffmpeg -filter_complex "$2" -ar "$sound_rate" -ac 1 "$1"; }

# voice FILE WHO DURATION WORDS: the words, fitted to the duration exactly.
voice() {
    local file=$1 who=$2 duration=$3 raw=$1.raw.wav bare=$1.bare.wav pace
    case $who in
    host) espeak-ng -v en-gb-x-rp+m3 -p 30 -s 150 -w "$raw" "$4" ;;
    guest) espeak-ng -v en-gb+f3 -p 58 -s 155 -w "$raw" "$4" ;;
    esac
    local edge="silenceremove=start_periods=1:start_threshold=-45dB:start_silence=0.02"
    ffmpeg -i "$raw" -af "$edge,areverse,$edge,areverse" -ar "$sound_rate" "$bare"
    pace=$(awk "BEGIN { printf \"%.4f\", ($(stat -c %s "$bare") - 44) / 2 / $sound_rate / $duration }")
    if awk "BEGIN { exit !($pace < 0.7 || $pace > 1.4) }"; then
        printf 'These words do not fit %s s (pace %s): %s\nChange their range in programme.tsv.\n' "$duration" "$pace" "$4" >&2
        return 1
    fi
    ffmpeg -i "$bare" -af "atempo=$pace,highpass=f=90,equalizer=f=3200:t=q:w=1:g=3,acompressor=threshold=0.1:ratio=3:attack=5:release=80:makeup=2,aecho=0.9:0.9:23|41:0.10|0.06,apad,atrim=duration=$duration,volume=0.9" "$file"
}

# One person's "ha ha ha": a pulse a few times a second, each gliding down and led in by breath, shaped by three
# formants of an open vowel.
laugh() {
    local pitch=$1 pace=$2 late=$3 duration=$4 seed=$5 formants=$6
    local beat="mod(max(0,t-$late)*$pace,1)" bout="lt(mod(max(0,t-$late)*$pace,9+$seed),7+mod($seed,3))*gte(t,$late)"
    local glide="$pitch*(1.12-0.035*mod(floor(max(0,t-$late)*$pace),9))"
    local voiced="lt($beat,0.55)*pow(sin(PI*min($beat/0.55,1)),0.6)*(2*mod($glide*t,1)-1+0.3*(random(0)-0.5))"
    local breath="gt($beat,0.72)*0.35*(random(1)-0.5)*sin(PI*($beat-0.72)/0.28)"
    local f1 f2 f3
    IFS=, read -r f1 f2 f3 <<<"$formants"
    printf "aevalsrc='%s*(%s+%s)':d=%s:s=%s,asplit=3[x%s][y%s][z%s];" "$bout" "$voiced" "$breath" "$duration" "$sound_rate" "$seed" "$seed" "$seed"
    printf '[x%s]bandpass=f=%s:t=h:w=220[p%s];[y%s]bandpass=f=%s:t=h:w=280,volume=0.8[q%s];[z%s]bandpass=f=%s:t=h:w=500,volume=0.45[r%s];' \
        "$seed" "$f1" "$seed" "$seed" "$f2" "$seed" "$seed" "$f3" "$seed"
    printf '[p%s][q%s][r%s]amix=inputs=3:normalize=0[laugh%s];' "$seed" "$seed" "$seed" "$seed"
}

# laughter FILE COUNT DURATION: COUNT people, each with a pitch, a pace and a beginning of their own.
laughter() {
    local file=$1 count=$2 duration=$3 graph="" labels="" person
    local pitches=(128 232 168 286 108 205 250 146) paces=(4.9 5.4 4.4 5.9 4.1 5.1 5.6 4.7)
    local late=(0.00 0.12 0.30 0.22 0.46 0.38 0.60 0.52)
    for ((person = 0; person < count; person++)); do
        local formants=730,1150,2500
        ((pitches[person] > 190)) && formants=880,1420,2900
        graph+=$(laugh "${pitches[person]}" "${paces[person]}" "${late[person]}" "$duration" "$person" "$formants")
        labels+="[laugh$person]"
    done
    synthesise "$file" "$graph${labels}amix=inputs=$count:normalize=0,aecho=0.8:0.85:31|57|83:0.22|0.16|0.10,volume=0.75,afade=t=in:d=0.08,afade=t=out:st=$(seconds "$duration*0.6"):d=$(seconds "$duration*0.4")"
}

# One far cheer, "woo": a tone that rises and falls through the formants of a round vowel.
cheer() {
    local pitch=$1 delay=$2 duration=$3 seed=$4
    local own="max(0,mod(t+$delay,2.6)-0.1)"
    printf "aevalsrc='pow(sin(PI*min(%s/1.5,1)),1.4)*(2*mod(%s*t+%s*sin(%s*2)/2,1)-1)':d=%s:s=%s,bandpass=f=%s:t=h:w=420[cheer%s];" \
        "$own" "$pitch" "$((pitch / 3))" "$own" "$duration" "$sound_rate" "$((pitch * 2 + 150))" "$seed"
}

# crowd FILE DURATION: a roar that swells and dies, cheers in it, and applause made of single claps.
crowd() {
    local file=$1 duration=$2 graph="" labels="" number
    local pitches=(262 318 350 284 402 236)
    for number in "${!pitches[@]}"; do
        graph+=$(cheer "${pitches[number]}" "$(seconds "$number*0.43")" "$duration" "$number")
        labels+="[cheer$number]"
    done
    graph+="${labels}amix=inputs=6:normalize=0,volume=0.30[cheers];"
    graph+="anoisesrc=c=pink:seed=11:r=$sound_rate:d=$duration,asplit[low][high];"
    graph+="[low]bandpass=f=520:t=h:w=500,volume=3.0[lows];[high]bandpass=f=1250:t=h:w=900,tremolo=f=3.1:d=0.3,volume=2.4[highs];"
    graph+="aevalsrc='if(gt(random(0),0.9972),2*random(1)-1,0)':d=$duration:s=$sound_rate,aecho=0.9:0.9:2|5|9:0.6|0.4|0.3,bandpass=f=1600:t=h:w=2200,volume=2.6[claps];"
    graph+="[cheers][lows][highs][claps]amix=inputs=4:normalize=0,aecho=0.8:0.9:43|71:0.2|0.14,"
    graph+="volume='0.08+0.92*min(1,t/0.9)*(1-0.35*min(1,max(0,t-5)/3))':eval=frame,afade=t=out:st=$(seconds "$duration-3"):d=3"
    synthesise "$file" "$graph"
}

wind() {
    synthesise "$1" "anoisesrc=c=brown:seed=5:r=$sound_rate:d=$2,bandpass=f=420:t=h:w=380,volume='0.7*(0.6+0.4*sin(2*PI*t*0.41)*sin(2*PI*t*0.17+1))':eval=frame,afade=t=in:d=0.5,afade=t=out:st=$(seconds "$2-0.12"):d=0.12"
}

# chord DURATION A B C D: a soft chord of four tones (Hz) with its notes plucked one after the other above it.
chord() {
    local duration=$1 tone pad="" pluck
    shift
    for tone in "$@"; do pad+="+sin(2*PI*$tone*t)+0.6*sin(2*PI*$tone*1.004*t)"; done
    pluck="sin(2*PI*t*2*if(lt(t,0.3),$1,if(lt(t,0.6),$3,if(lt(t,0.9),$4,if(lt(t,1.2),$2,if(lt(t,1.5),$3,$4))))))*exp(-5*mod(t,0.3))"
    printf "aevalsrc='0.035*(0%s)*min(1,t/0.25)*min(1,(%s-t)/0.3)+0.10*%s*min(1,mod(t,0.3)/0.01)':d=%s:s=%s" "$pad" "$duration" "$pluck" "$duration" "$sound_rate"
}

music() {
    synthesise "$1" "$(chord 1.8 146.83 220.00 293.66 369.99)[a];$(chord 1.8 123.47 185.00 293.66 369.99)[b];$(chord 1.8 98.00 196.00 246.94 392.00)[c];$(chord 1.8 110.00 164.81 277.18 329.63)[d];[a][b][c][d]concat=n=4:v=0:a=1,atrim=duration=$2,lowpass=f=3500,aecho=0.8:0.85:90|170:0.25|0.15,volume=0.8,afade=t=in:d=0.2,afade=t=out:st=$(seconds "$2-1"):d=1"
}

# all_sounds FILE: everything in its place, over the faint noise that no room is without.
all_sounds() {
    local kind start end what file number=0 inputs=() graph="" labels=""
    for kind in host guest laughter crowd wind music; do
        while IFS=$'\t' read -r start end what _; do
            file=$work/$number.wav
            case $kind in
            host | guest) voice "$file" "$kind" "$(seconds "$end-$start")" "$what" ;;
            laughter) laughter "$file" "$what" "$(seconds "$end-$start")" ;;
            *) "$kind" "$file" "$(seconds "$end-$start")" ;;
            esac
            inputs+=(-i "$file")
            graph+="[$number]adelay=$(awk "BEGIN { print int($start * 1000) }")[s$number];"
            labels+="[s$number]"
            number=$((number + 1))
        done < <(rows "$kind")
    done
    graph+="anoisesrc=c=pink:seed=3:r=$sound_rate:d=$(length),volume=0.002[room];"
    ffmpeg "${inputs[@]}" -filter_complex "$graph${labels}[room]amix=inputs=$((number + 1)):normalize=0,atrim=duration=$(length),alimiter=limit=0.89:level=false" \
        -ar "$sound_rate" -ac 1 "$1"
}
